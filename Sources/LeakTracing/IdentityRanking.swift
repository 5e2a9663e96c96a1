import AudioMark
import Glibc
import MarkCode
package import MarkKeys

/// Puts candidates into the order of how well their messages agree with the identity slots.
///
/// Fingerprints are independent of that, so the first ones may be believed with less evidence of
/// their fingerprints; see `FingerprintTracer`.
package struct IdentityRanking {
  /// Logarithms of P(received | bit 1) / P(received | bit 0) of the coded bits.
  private let ratios: [Float]
  /// For each byte of a message and its value, the coded bits it changes, in five words.
  private let changes: [UInt64]
  private let constant: [UInt64]
  /// For each byte of coded bits and its value, the sum of the ratios of its ones.
  private let sums: [Float]

  private static let words = 5

  /// - Parameter ratios: for each coded bit of plan delivery's identity, what was read.
  package init(ratios: [Float]) {
    guard let code = MarkPlan.delivery.code(of: .identity) else {
      preconditionFailure("plan delivery has an identity")
    }
    precondition(ratios.count == code.codedBits)
    self.ratios = ratios
    // The code and the CRC are affine: the bits of a message add up.
    func packed(_ message: Message) -> [UInt64] {
      var words = [UInt64](repeating: 0, count: Self.words)
      for (place, sign) in SymbolBits.encode(message, code).enumerated() where sign < 0 {
        words[place / 64] |= 1 << UInt64(place % 64)
      }
      return words
    }
    let zero = packed(Message(high: 0, low: 0))
    constant = zero
    var changes = [UInt64](repeating: 0, count: 16 * 256 * Self.words)
    for byte in 0..<16 {
      for bit in 0..<8 {
        let place = UInt64(8 * (7 - byte % 8) + bit)
        let one = packed(
          byte < 8 ? Message(high: 1 << place, low: 0) : Message(high: 0, low: 1 << place))
        for value in 0..<256 where value >> bit & 1 == 1 {
          for word in 0..<Self.words {
            changes[(byte * 256 + value) * Self.words + word] ^= one[word] ^ zero[word]
          }
        }
      }
    }
    self.changes = changes
    var sums = [Float](repeating: 0, count: 8 * Self.words * 256)
    for byte in 0..<8 * Self.words {
      for value in 1..<256 {
        let bit = 8 * byte + value.trailingZeroBitCount
        sums[byte * 256 + value] =
          sums[byte * 256 + value & (value - 1)] + (bit < ratios.count ? ratios[bit] : 0)
      }
    }
    self.sums = sums
  }

  /// The sum of the ratios of a message's coded ones: how much better it agrees than zeros.
  @inline(__always)
  private func score(_ message: Message) -> Float {
    var words = (constant[0], constant[1], constant[2], constant[3], constant[4])
    return changes.withUnsafeBufferPointer { changes in
      for byte in 0..<16 {
        let half = byte < 8 ? message.high : message.low
        let value = Int(half >> UInt64(8 * (7 - byte % 8)) & 0xFF)
        let at = (byte * 256 + value) * Self.words
        words.0 ^= changes[at]
        words.1 ^= changes[at + 1]
        words.2 ^= changes[at + 2]
        words.3 ^= changes[at + 3]
        words.4 ^= changes[at + 4]
      }
      return sums.withUnsafeBufferPointer { sums in
        var sum: Float = 0
        @inline(__always) func add(_ word: UInt64, _ first: Int) {
          for byte in 0..<8 {
            sum += sums[(first + byte) * 256 + Int(word >> UInt64(8 * byte) & 0xFF)]
          }
        }
        add(words.0, 0)
        add(words.1, 8)
        add(words.2, 16)
        add(words.3, 24)
        add(words.4, 32)
        return sum
      }
    }
  }

  /// The natural logarithm of the likelihood ratio of "it is this message" and "its bits are coins".
  package func logarithmOfRatio(_ message: Message) -> Double {
    var sum = Double(score(message))
    for ratio in ratios {
      // P(y) = (P(y | 0) + P(y | 1)) / 2, all over P(y | 0).
      let x = Double(ratio)
      sum -= max(x, 0) + log1p(exp(-abs(x))) - M_LN2
    }
    return sum
  }

  /// How likely candidates are among all by the identity slots, if all are so beforehand.
  ///
  /// - Parameters:
  ///   - messages: all of them.
  ///   - places: the places of those in question.
  /// - Returns: their probabilities, which with those of all others add up to 1.
  package func likelihoods(of messages: [Message], places: [Int]) -> [Double] {
    guard let first = places.first else { return [] }
    let top = Double(score(messages[first]))
    var sum = 0.0
    for message in messages { sum += exp(Double(score(message)) - top) }
    return places.map { exp(Double(score(messages[$0])) - top) / max(sum, 1) }
  }

  /// The candidates that agree best.
  ///
  /// - Parameters:
  ///   - messages: all of them.
  ///   - count: how many are wanted.
  /// - Returns: their places, the best first; of equal ones the earlier first.
  package func best(of messages: [Message], count: Int) -> [Int] {
    var scores = [Float](repeating: 0, count: messages.count)
    for (place, message) in messages.enumerated() { scores[place] = score(message) }
    if messages.count <= count {
      return messages.indices.sorted { (-scores[$0], $0) < (-scores[$1], $1) }
    }
    // A limit that a few more than wanted reach, from a sample in order.
    let sample = stride(from: 0, to: messages.count, by: max(messages.count / 65_536, 1))
      .map { scores[$0] }.sorted(by: >)
    let share = Double(count) / Double(messages.count) * Double(sample.count)
    var place = min(sample.count - 1, Int(2 * share) + 8)
    while true {
      let limit = sample[place]
      let kept = messages.indices.filter { scores[$0] >= limit }
      if kept.count >= count || place == sample.count - 1 {
        return Array(kept.sorted { (-scores[$0], $0) < (-scores[$1], $1) }.prefix(count))
      }
      place = min(sample.count - 1, 2 * place)
    }
  }
}
