import FingerprintCode
import MarkKeys
import Testing
import _TestSupport

/// Biases and codewords are the same from wherever they are begun, and distributed as they should be.
@Suite struct FingerprintCodewordTests {
  @Test(arguments: [UInt64(1), 2, 3])
  func anyStretchIsPartOfTheWhole(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let key = FingerprintKey(secret: Secret(generator.bytes(32)))
    let message = Message(high: generator.next(), low: generator.next())
    let all = FingerprintBiases(key: key, slots: 0..<700)
    let whole = FingerprintCodeword(key: key, message: message, biases: all)
    for _ in 0..<50 {
      let first = Int.random(in: 0..<700, using: &generator)
      let slots = first..<Int.random(in: first...700, using: &generator)
      let biases = FingerprintBiases(key: key, slots: slots)
      let codeword = FingerprintCodeword(key: key, message: message, biases: biases)
      #expect(biases.steps == Array(all.steps[slots]), "\(generator), slots \(slots)")
      #expect(slots.allSatisfy { codeword[$0] == whole[$0] }, "\(generator), slots \(slots)")
    }
  }

  @Test func bitsFollowTheBiases() {
    var generator = SeededGenerator(seed: 4)
    let key = FingerprintKey(secret: Secret(generator.bytes(32)))
    let biases = FingerprintBiases(key: key, slots: 0..<128)
    var ones = [Int](repeating: 0, count: 128)
    let count = 20_000
    for number in 0..<count {
      let message = Message(high: 0, low: UInt64(number))
      let codeword = FingerprintCodeword(key: key, message: message, biases: biases)
      for slot in 0..<128 where codeword[slot] { ones[slot] += 1 }
    }
    for slot in 0..<128 {
      let p = biases[slot]
      let deviation = (p * (1 - p) / Double(count)).squareRoot()
      #expect(abs(Double(ones[slot]) / Double(count) - p) < 5 * deviation, "slot \(slot)")
    }
  }

  @Test func biasesFollowTheDistribution() {
    let total = (1...255).reduce(0) { $0 + BiasDistribution.probability(step: $1) }
    #expect(abs(total - 1) < 1e-12)
    for step in 1...127 {
      let difference =
        BiasDistribution.probability(step: step) - BiasDistribution.probability(step: 256 - step)
      #expect(difference == 0, "step \(step)")
    }
    let key = FingerprintKey(secret: Secret([UInt8](repeating: 5, count: 32)))
    let steps = FingerprintBiases(key: key, slots: 0..<100_000).steps
    var counts = [Int](repeating: 0, count: 256)
    for step in steps { counts[Int(step)] += 1 }
    #expect(counts[0] == 0)
    for step in 1...255 {
      let expected = 100_000 * BiasDistribution.probability(step: step)
      #expect(abs(Double(counts[step]) - expected) < 5 * expected.squareRoot(), "step \(step)")
    }
  }

  @Test func titlesAndMessagesHaveTheirOwn() {
    let mark = MarkKey(name: "test", secret: Secret([UInt8](repeating: 6, count: 32)))
    let one = FingerprintKey(key: mark, title: "a")
    let other = FingerprintKey(key: mark, title: "b")
    #expect(one != other)
    let biases = FingerprintBiases(key: one, slots: 0..<256)
    #expect(biases != FingerprintBiases(key: other, slots: 0..<256))
    // Each of the message's bits makes another codeword.
    let plain = FingerprintCodeword(key: one, message: Message(high: 0, low: 0), biases: biases)
    var seen: Set<FingerprintCodeword> = [plain]
    for bit in 0..<64 {
      for message in [Message(high: 1 << bit, low: 0), Message(high: 0, low: 1 << bit)] {
        seen.insert(FingerprintCodeword(key: one, message: message, biases: biases))
      }
    }
    #expect(seen.count == 129)
  }
}
