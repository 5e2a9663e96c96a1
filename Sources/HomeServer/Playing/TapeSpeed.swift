/// Plays samples faster or slower by linear interpolation, the pitch following as on a tape.
struct TapeSpeed {
  let channelCount: Int
  /// Frames of the title for each that is heard.
  var rate = 1.0
  /// How far behind `last` the next frame lies, 0..<1 beyond whole frames that were taken.
  private var phase = 0.0
  private var last: [Double]?

  init(channelCount: Int) { self.channelCount = channelCount }

  /// Forgets what was played, after a move.
  mutating func restart() {
    phase = 0
    last = nil
  }

  /// Makes frames to be heard of frames of the title.
  ///
  /// - Parameter frames: interleaved, in sequence with those before.
  /// - Returns: interleaved.
  mutating func heard(_ frames: UnsafeBufferPointer<Double>) -> [Double] {
    if rate == 1 {
      restart()
      return Array(frames)
    }
    let count = frames.count / channelCount
    guard count > 0 else { return [] }
    var result: [Double] = []
    // Frame -1 is the last of the block before.
    func sample(_ frame: Int, _ channel: Int) -> Double {
      if frame >= 0 { return frames[frame * channelCount + channel] }
      return last?[channel] ?? frames[channel]
    }
    var place = phase - (last == nil ? 0 : 1)
    while place <= Double(count - 1) {
      let frame = Int(place.rounded(.down))
      let part = place - Double(frame)
      for channel in 0..<channelCount {
        let before = sample(frame, channel)
        let after = part == 0 ? before : sample(frame + 1, channel)
        result.append(before + part * (after - before))
      }
      place += rate
    }
    phase = place - Double(count - 1)
    last = Array(frames.suffix(channelCount))
    return result
  }
}
