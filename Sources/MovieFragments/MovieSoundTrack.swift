/// A track of sound in a film whose samples are FLAC frames, all but the last equally long
/// ("Encapsulation of FLAC in ISO Base Media File Format", version 0.0.4).
package struct MovieSoundTrack: Sendable, Equatable {
  /// What players know the track by.
  package let id: UInt32
  /// Samples a second; the unit of the track's times.
  package let sampleRate: Int
  package let channelCount: Int
  /// Bits of a sample.
  package let bits: Int
  /// Samples of a FLAC frame.
  package let frameLength: Int
  /// The block STREAMINFO, without its header.
  package let streamInformation: [UInt8]

  package init(
    id: UInt32, sampleRate: Int, channelCount: Int, bits: Int, frameLength: Int,
    streamInformation: [UInt8]
  ) {
    self.id = id
    self.sampleRate = sampleRate
    self.channelCount = channelCount
    self.bits = bits
    self.frameLength = frameLength
    self.streamInformation = streamInformation
  }

  /// The box `trak`.
  var track: [UInt8] {
    // Enabled, part of the film, and as loud as it is.
    var header: [UInt8] = []
    header.append(3, bits: 32)
    header.append(0, bits: 64)
    header.append(UInt64(id), bits: 32)
    header += [UInt8](repeating: 0, count: 20)
    header.append(1, bits: 16)
    header.append(0x0100_0000, bits: 32)
    header.append(0, bits: 16)
    for number in Self.unityMatrix { header.append(number, bits: 32) }
    header.append(0, bits: 64)
    var media: [UInt8] = []
    media.box("mdhd", times)
    media.box("hdlr", handler)
    media.box("minf", information)
    var contents: [UInt8] = []
    contents.box("tkhd", header)
    contents.box("mdia", media)
    var result: [UInt8] = []
    result.box("trak", contents)
    return result
  }

  /// Of box `mdhd`: units of time, and a language that is not told.
  private var times: [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(0, bits: 32)
    bytes.append(0, bits: 64)
    bytes.append(UInt64(sampleRate), bits: 32)
    bytes.append(0, bits: 32)
    bytes.append(0x55C4, bits: 16)
    bytes.append(0, bits: 16)
    return bytes
  }

  private var handler: [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(0, bits: 64)
    bytes += "soun".utf8
    bytes += [UInt8](repeating: 0, count: 12)
    bytes += "SoundHandler".utf8
    bytes.append(0)
    return bytes
  }

  private var information: [UInt8] {
    var reference: [UInt8] = []
    reference.append(0, bits: 32)
    reference.append(1, bits: 32)
    reference.box("url ", [0, 0, 0, 1])
    var data: [UInt8] = []
    data.box("dref", reference)
    var description: [UInt8] = []
    description.append(0, bits: 32)
    description.append(1, bits: 32)
    description.box("fLaC", entry)
    var table: [UInt8] = []
    table.box("stsd", description)
    // All samples are in fragments.
    table.box("stts", [UInt8](repeating: 0, count: 8))
    table.box("stsc", [UInt8](repeating: 0, count: 8))
    table.box("stsz", [UInt8](repeating: 0, count: 12))
    table.box("stco", [UInt8](repeating: 0, count: 8))
    var contents: [UInt8] = []
    contents.box("smhd", [UInt8](repeating: 0, count: 8))
    contents.box("dinf", data)
    contents.box("stbl", table)
    return contents
  }

  private var entry: [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 6)
    bytes.append(1, bits: 16)
    bytes.append(0, bits: 64)
    bytes.append(UInt64(channelCount), bits: 16)
    bytes.append(UInt64(bits), bits: 16)
    bytes.append(0, bits: 32)
    // Higher rates do not fit; the block says them.
    bytes.append(sampleRate < 1 << 16 ? UInt64(sampleRate) << 16 : 0, bits: 32)
    var blocks: [UInt8] = [0, 0, 0, 0, 0x80]
    blocks.append(UInt64(streamInformation.count), bits: 24)
    blocks += streamInformation
    bytes.box("dfLa", blocks)
    return bytes
  }

  /// The box `trex`: each sample is as long as a frame, and needs no other one.
  var defaults: [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(0, bits: 32)
    bytes.append(UInt64(id), bits: 32)
    bytes.append(1, bits: 32)
    bytes.append(UInt64(frameLength), bits: 32)
    bytes.append(0, bits: 32)
    bytes.append(0x0200_0000, bits: 32)
    var result: [UInt8] = []
    result.box("trex", bytes)
    return result
  }

  /// The boxes `ftyp` and `moov` of a stream that has nothing but this track.
  package var header: [UInt8] {
    var movie: [UInt8] = []
    movie.append(0, bits: 32)
    movie.append(0, bits: 64)
    movie.append(UInt64(sampleRate), bits: 32)
    movie.append(0, bits: 32)
    movie.append(0x10000, bits: 32)
    movie.append(0x0100, bits: 16)
    movie += [UInt8](repeating: 0, count: 10)
    for number in Self.unityMatrix { movie.append(number, bits: 32) }
    movie += [UInt8](repeating: 0, count: 24)
    movie.append(UInt64(id) + 1, bits: 32)
    var contents: [UInt8] = []
    contents.box("mvhd", movie)
    contents += track
    contents.box("mvex", defaults)
    var result: [UInt8] = []
    result.box("ftyp", Array("iso5".utf8) + [0, 0, 0, 0] + Array("iso5iso6mp41".utf8))
    result.box("moov", contents)
    return result
  }

  private static let unityMatrix: [UInt64] = [
    0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x4000_0000,
  ]
}
