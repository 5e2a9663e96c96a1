import FingerprintCode
import MarkKeys
import _TestSupport

/// A leak of some copies, as a detector would read it.
struct TestLeak {
  let key: FingerprintKey
  let biases: FingerprintBiases
  let messages: [Message]
  let evidence: FingerprintEvidence

  /// Makes a leak of new copies; `powerRatio` is the squared mean of one copy's statistic over its
  /// variance.
  init(
    _ model: CollusionModel, slots: Int, powerRatio: Double, _ generator: inout SeededGenerator
  ) {
    let key = FingerprintKey(secret: Secret(generator.bytes(32)))
    let biases = FingerprintBiases(key: key, slots: 0..<slots)
    let messages = (0..<model.copies).map { _ in
      Message(high: generator.next(), low: generator.next())
    }
    let codewords = messages.map { FingerprintCodeword(key: key, message: $0, biases: biases) }
    let statistics = (0..<slots).map { slot in
      let ones = codewords.reduce(0) { $0 + ($1[slot] ? 1 : 0) }
      var mean = 2 * Double(ones) / Double(model.copies) - 1
      if let one = model.probabilityOfOne(ones: ones) {
        mean = Double.random(in: 0..<1, using: &generator) < one ? 1 : -1
      }
      // The sum of twelve uniform numbers is normal enough here.
      let noise = (0..<12).reduce(-6.0) { sum, _ in
        sum + Double.random(in: 0..<1, using: &generator)
      }
      return Float(mean + noise / powerRatio.squareRoot())
    }
    self.key = key
    self.biases = biases
    self.messages = messages
    evidence = FingerprintEvidence(first: 0, statistics: statistics, powerRatio: powerRatio)
  }
}
