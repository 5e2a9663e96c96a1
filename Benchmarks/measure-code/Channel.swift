import Glibc
import MarkCode

/// Random messages through white Gaussian noise, of which a cyclic stretch is received.
struct Channel {
  let code: MessageCode
  /// Consecutive positions received; more than a block wraps round and adds up.
  let window: Int
  /// `1 / sigma^2` of a position in dB.
  let decibels: Double
  /// Part of the window lost, 0 to 1.
  var erasures = 0.0
  var noise: Noise

  init(code: MessageCode, window: Int, decibels: Double, seed: UInt64) {
    self.code = code
    self.window = window
    self.decibels = decibels
    noise = Noise(seed: seed)
  }

  /// Sends a message, adds up what is received in `soft`, and returns the message.
  mutating func send(
    signs: UnsafeMutableBufferPointer<Int8>, soft: UnsafeMutableBufferPointer<Float>,
    start: Int? = nil
  ) -> (high: UInt64, low: UInt64) {
    let message = (high: noise.next(), low: noise.next())
    let first = start ?? Int(noise.next() % UInt64(code.codedBits))
    code.encode(high: message.high, low: message.low, into: signs)
    soft.update(repeating: 0)
    let sigma = Float(pow(10, -decibels / 20))
    for step in 0..<window {
      let position = (first + step) % code.codedBits
      let value = Float(signs[position]) + sigma * noise.normal()
      if erasures > 0, Double(noise.next() >> 11) / 9_007_199_254_740_992 < erasures { continue }
      soft[position] += value
    }
    return message
  }
}
