/// Keeps marked samples within full scale by taking the mark back around the peaks.
///
/// A sample that would go beyond full scale, or further beyond where the host itself already stands
/// at it, gets as much of the mark as fits; the mark fades out and in again over two milliseconds on
/// either side. A plain limit would leave clicks a thousandth of a second long and as wide as the
/// whole spectrum, which is what one hears in loud speech.
package struct PeakLimiter {
  /// Frames on either side of a peak over which the mark fades.
  private let reach: Int
  /// Falls from 1 at a peak to 0.
  private let fade: [Float]
  /// The part of the mark that each frame of a symbol keeps.
  private var share: [Float] = []

  package init(sampleRate: Int) {
    reach = max(1, sampleRate / 500)
    let reach = self.reach
    fade = (0...reach).map { distance in
      let x = SineWindow.value(at: reach - distance, count: 2 * reach + 1)
      return distance == 0 ? 1 : x * x
    }
  }

  /// Weakens the difference where the sum would leave the range.
  ///
  /// - Parameters:
  ///   - host: interleaved samples of a symbol.
  ///   - delta: what will be added to them; changed in place.
  ///   - frames: samples a channel.
  ///   - channelCount: interleaved channels.
  ///   - least: the lowest value that can be written, about -1.
  ///   - most: the highest.
  /// - Returns: whether anything was weakened.
  package mutating func limit(
    _ host: UnsafePointer<Float>, _ delta: UnsafeMutablePointer<Float>, frames: Int,
    channelCount: Int, least: Float, most: Float
  ) -> Bool {
    var isWeakened = false
    for frame in 0..<frames {
      var room: Float = 1
      for index in frame * channelCount..<(frame + 1) * channelCount {
        let d = delta[index]
        let sum = host[index] + d
        if sum > most, d > 0 {
          room = min(room, max(most - host[index], 0) / d)
        } else if sum < least, d < 0 {
          room = min(room, max(host[index] - least, 0) / -d)
        }
      }
      guard room < 1 else { continue }
      if !isWeakened {
        isWeakened = true
        share = [Float](repeating: 1, count: frames)
      }
      for near in max(0, frame - reach)...min(frames - 1, frame + reach) {
        share[near] = min(share[near], 1 - (1 - room) * fade[abs(near - frame)])
      }
    }
    guard isWeakened else { return false }
    for frame in 0..<frames where share[frame] < 1 {
      for index in frame * channelCount..<(frame + 1) * channelCount {
        delta[index] *= share[frame]
      }
    }
    return true
  }
}
