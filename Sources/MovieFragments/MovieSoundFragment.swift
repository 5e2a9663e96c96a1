/// FLAC frames of a film that belong together: what stands in front of their bytes.
package struct MovieSoundFragment: Sendable {
  /// Whose frames they are.
  package let track: UInt32
  /// Counted over all fragments of the film, from 1.
  package let sequenceNumber: UInt32
  /// The first sample of sound.
  package let start: UInt64
  /// The bytes of each frame; there are some.
  package let sizes: [UInt32]
  /// Samples of each frame, where the last one is shorter than the track says.
  package let lengths: [UInt32]?

  package init(
    track: UInt32, sequenceNumber: UInt32, start: UInt64, sizes: [UInt32], lengths: [UInt32]?
  ) {
    self.track = track
    self.sequenceNumber = sequenceNumber
    self.start = start
    self.sizes = sizes
    self.lengths = lengths
  }

  /// The bytes of `front` for so many frames.
  ///
  /// - Parameters:
  ///   - frames: how many.
  ///   - hasShortFrame: whether their lengths stand there.
  /// - Returns: the count.
  package static func frontCount(frames: Int, hasShortFrame: Bool) -> Int {
    // moof, mfhd, traf, tfhd, tfdt, trun, mdat.
    8 + 16 + 8 + 16 + 20 + 20 + frames * (hasShortFrame ? 8 : 4) + 8
  }

  /// The box `moof` and the beginning of `mdat`; the frames follow.
  package var front: [UInt8] {
    let count = Self.frontCount(frames: sizes.count, hasShortFrame: lengths != nil)
    var number: [UInt8] = []
    number.append(0, bits: 32)
    number.append(UInt64(sequenceNumber), bits: 32)
    // Places are counted from the beginning of this moof.
    var header: [UInt8] = []
    header.append(0x20000, bits: 32)
    header.append(UInt64(track), bits: 32)
    var time: [UInt8] = []
    time.append(1 << 24, bits: 32)
    time.append(start, bits: 64)
    // The place of the first frame, sizes, and durations if need be.
    var run: [UInt8] = []
    run.reserveCapacity(count)
    run.append(lengths == nil ? 0x201 : 0x301, bits: 32)
    run.append(UInt64(sizes.count), bits: 32)
    run.append(UInt64(count), bits: 32)
    for (place, size) in sizes.enumerated() {
      if let lengths { run.append(UInt64(lengths[place]), bits: 32) }
      run.append(UInt64(size), bits: 32)
    }
    var fragment: [UInt8] = []
    fragment.box("tfhd", header)
    fragment.box("tfdt", time)
    fragment.box("trun", run)
    var contents: [UInt8] = []
    contents.box("mfhd", number)
    contents.box("traf", fragment)
    var result: [UInt8] = []
    result.box("moof", contents)
    result.append(8 + sizes.reduce(0) { $0 + UInt64($1) }, bits: 32)
    result += "mdat".utf8
    return result
  }
}
