import MarkCode

/// Signs, soft values and noise for the tests, all from a seed.
struct Signals {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  /// splitmix64.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }

  /// Nearly normal, mean 0, variance 1: a sum of twelve uniform numbers.
  mutating func normal() -> Float {
    var sum: Float = -6
    for _ in 0..<12 { sum += Float(next() >> 40) / 16_777_216 }
    return sum
  }
}

/// The signs of a message.
func signs(_ code: MessageCode, high: UInt64, low: UInt64) -> [Int8] {
  signs(code, Information(high: high, low: low))
}

/// The signs of any information bits.
func signs(_ code: MessageCode, _ information: Information) -> [Int8] {
  var result = [Int8](repeating: 0, count: code.codedBits)
  result.withUnsafeMutableBufferPointer { code.encode(information, into: $0) }
  return result
}

/// Soft values where only a cyclic stretch is received.
func stretch(_ signs: [Int8], from start: Int, count: Int) -> [Float] {
  var soft = [Float](repeating: 0, count: signs.count)
  for step in 0..<count {
    let position = (start + step) % signs.count
    soft[position] += Float(signs[position])
  }
  return soft
}

extension MessageDecoder {
  func decode(_ soft: [Float], startStates: Int? = nil) -> [DecodedMessage] {
    soft.withUnsafeBufferPointer { decode($0, startStates: startStates) }
  }

  func contrast(_ soft: [Float]) -> Float {
    soft.withUnsafeBufferPointer { contrast($0) }
  }
}
