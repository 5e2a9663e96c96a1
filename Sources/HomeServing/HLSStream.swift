import AudioStreams
package import HomeServer
import MovieFragments

/// A copy as an HLS stream (RFC 8216): a playlist, a header, and segments of some seconds that are
/// made when they are asked for.
package struct HLSStream {
  private let item: ServedItem
  private let format: AudioFormat
  private let frameCount: Int
  private let track: MovieSoundTrack

  /// Samples in a segment: about six seconds, whole blocks.
  package var segmentFrames: Int {
    track.frameLength * (format.sampleRate * 6 / track.frameLength)
  }

  /// - Parameter item: the copy; nil comes of one that is not sound.
  package init?(_ item: ServedItem) {
    guard case .sound(let format, let frameCount) = item.medium else { return nil }
    self.item = item
    self.format = format
    self.frameCount = frameCount
    let bits = min(format.encoding.nearest(in: .flac).integerBits ?? 16, 24)
    track = MovieSoundTrack(
      id: 1, sampleRate: format.sampleRate, channelCount: format.channelCount,
      bits: max(bits, 16), frameLength: 4096,
      streamInformation: FLACStreamInformation(
        sampleRate: format.sampleRate, channelCount: format.channelCount, bits: max(bits, 16),
        blockLength: 4096
      ).bytes)
  }

  /// How many segments there are.
  package var segmentCount: Int { (frameCount + segmentFrames - 1) / segmentFrames }

  /// The time that a segment holds, in milliseconds.
  package func milliseconds(of segment: Int) -> Range<Int64> {
    let rate = Int64(format.sampleRate)
    let start = Int64(segment * segmentFrames) * 1000 / rate
    return start..<Int64(min((segment + 1) * segmentFrames, frameCount)) * 1000 / rate
  }

  /// The playlist.
  package var playlist: String {
    // Differences of places, so that all of them together are the length of the title.
    func millionths(_ frame: Int) -> Int { frame * 1_000_000 / format.sampleRate }
    func seconds(_ millionths: Int) -> String {
      let part = String(millionths % 1_000_000)
      return "\(millionths / 1_000_000)." + String(repeating: "0", count: 6 - part.utf8.count)
        + part
    }
    let folder = "\(item.number + 1)"
    var text = """
      #EXTM3U
      #EXT-X-VERSION:7
      #EXT-X-TARGETDURATION:\(segmentFrames / format.sampleRate + 1)
      #EXT-X-PLAYLIST-TYPE:VOD
      #EXT-X-INDEPENDENT-SEGMENTS
      #EXT-X-MAP:URI="\(folder)/init.mp4"

      """
    for number in 0..<segmentCount {
      let start = number * segmentFrames
      let end = min(start + segmentFrames, frameCount)
      text += "#EXTINF:\(seconds(millionths(end) - millionths(start))),\n\(folder)/\(number).m4s\n"
    }
    return text + "#EXT-X-ENDLIST\n"
  }

  /// The header of all segments.
  package var header: [UInt8] { track.header }

  /// A segment.
  ///
  /// - Parameter number: which one, from 0.
  /// - Returns: its bytes, always the same ones.
  /// - Throws: `HoldingFault`, `SystemError` or `AudioError`.
  package func segment(_ number: Int) throws -> [UInt8] {
    let reader = try item.audio()
    let start = number * segmentFrames
    try reader.seek(toFrame: start)
    let encoder = try SegmentEncoder(track, name: item.name)
    let channels = track.channelCount
    let block = track.frameLength
    let samples = UnsafeMutableBufferPointer<Double>.allocate(capacity: block * channels)
    let integers = UnsafeMutableBufferPointer<Int32>.allocate(capacity: block * channels)
    defer {
      samples.deallocate()
      integers.deallocate()
    }
    let scale = Double(1 << (track.bits - 1))
    var left = min(segmentFrames, frameCount - start)
    while left > 0 {
      let wanted = UnsafeMutableBufferPointer(rebasing: samples[..<(min(block, left) * channels)])
      let count = try reader.read(into: wanted)
      if count == 0 { break }
      for index in 0..<count * channels {
        let value = (samples[index] * scale).rounded(.toNearestOrEven)
        integers[index] = Int32(min(max(value, -scale), scale - 1))
      }
      try encoder.append(
        UnsafeBufferPointer(rebasing: integers[..<(count * channels)]), channelCount: channels,
        name: item.name)
      left -= count
    }
    try encoder.finish(name: item.name)
    return MovieSoundFragment(
      track: track.id, start: UInt64(start), sizes: encoder.sizes, lengths: encoder.lengths
    ).segment(number, frames: encoder.bytes)
  }
}
