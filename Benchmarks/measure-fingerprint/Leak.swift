import FingerprintCode
import Glibc
import MarkKeys
import _TestSupport

/// A leak made of some copies of a title, as the detector would read it.
struct Leak {
  let key: FingerprintKey
  let biases: FingerprintBiases
  let messages: [Message]
  let codewords: [FingerprintCodeword]
  let evidence: FingerprintEvidence

  /// Makes a leak.
  ///
  /// - Parameters:
  ///   - model: how the copies are put together, and how many.
  ///   - slots: the length.
  ///   - powerRatio: of one copy's statistic: the square of its mean over its variance.
  ///   - generator: where noise, key and messages come from.
  init(
    _ model: CollusionModel, slots: Int, powerRatio: Double, _ generator: inout SeededGenerator
  ) {
    let key = FingerprintKey(secret: Secret(generator.bytes(Secret.byteCount)))
    let biases = FingerprintBiases(key: key, slots: 0..<slots)
    let messages = (0..<model.copies).map { _ in
      Message(high: generator.next(), low: generator.next())
    }
    let codewords = messages.map { FingerprintCodeword(key: key, message: $0, biases: biases) }
    let deviation = 1 / powerRatio.squareRoot()
    let statistics = (0..<slots).map { slot in
      let ones = codewords.reduce(0) { $0 + ($1[slot] ? 1 : 0) }
      let mean: Double
      if let one = model.probabilityOfOne(ones: ones) {
        mean = Double.random(in: 0..<1, using: &generator) < one ? 1 : -1
      } else if model == .oneSource {
        mean = ones == 1 ? 1 : -1
      } else {
        mean = 2 * Double(ones) / Double(model.copies) - 1
      }
      return Float(mean + deviation * normal(&generator))
    }
    self.key = key
    self.biases = biases
    self.messages = messages
    self.codewords = codewords
    evidence = FingerprintEvidence(first: 0, statistics: statistics, powerRatio: powerRatio)
  }
}

/// A normal deviate of mean 0 and variance 1 (Box and Muller, 1958).
func normal(_ generator: inout SeededGenerator) -> Double {
  let radius = sqrt(-2 * log(Double.random(in: 0x1p-60...1, using: &generator)))
  return radius * cos(2 * Double.pi * Double.random(in: 0..<1, using: &generator))
}
