import Glibc

/// Random numbers from a seed: splitmix64 (Steele, Lea and Flood, OOPSLA 2014).
struct Noise: RandomNumberGenerator {
  private var state: UInt64
  private var spare: Float?

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }

  /// A normal deviate of mean 0 and variance 1 (Box and Muller, 1958).
  mutating func normal() -> Float {
    if let value = spare {
      spare = nil
      return value
    }
    let radius = sqrt(-2 * log(Float(next() >> 40 | 1) / 16_777_216))
    let angle = 2 * Float.pi * Float(next() >> 40) / 16_777_216
    spare = radius * sin(angle)
    return radius * cos(angle)
  }
}
