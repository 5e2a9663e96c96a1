import MarkCode
import Testing
import _TestSupport

/// The bound is one: never below the true probability, and close to it where that is known.
@Suite struct FalsePositiveBoundTests {
  /// Natural logarithm of Chernoff's bound for these soft values.
  private func bound(_ soft: [Float], _ correlation: Double) -> Double {
    soft.withUnsafeBufferPointer {
      FalsePositiveBound.logarithm(soft: $0, correlation: correlation)
    }
  }

  @Test func perfectAgreementCostsABitForEachValue() {
    let soft = [Float](repeating: 1, count: 200)
    let value = bound(soft, 200)
    #expect(value <= -200 * 0.693_147 + 0.01)
    #expect(value >= -200 * 0.693_148)
  }

  @Test func noAgreementProvesNothing() {
    #expect(bound([1, 2, 3], 0) == 0)
    #expect(bound([1, 2, 3], -4) == 0)
    #expect(bound([0, 0], 0) == 0)
  }

  @Test(arguments: [UInt64(1), 2, 3, 4])
  func staysAboveTheExactProbability(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let soft = (0..<14).map { _ in Float.random(in: 0...3, using: &generator) }
    let sums = (0..<1 << 14).map { signs in
      soft.indices.reduce(0.0) { $0 + Double(soft[$1]) * (signs >> $1 & 1 == 0 ? 1 : -1) }
    }.sorted()
    for index in stride(from: sums.count / 2 + 100, to: sums.count, by: 97) {
      let exact = Double(sums.count - index) / Double(sums.count)
      let value = bound(soft, sums[index] - 1e-9)
      #expect(value >= exact.naturalLogarithm, "seed \(seed), sum \(sums[index])")
    }
  }

  @Test func attemptsAndMessagesAreCounted() {
    let one = FalsePositiveBound.overMessages(logarithm: -200, attempts: 1)
    let ten = FalsePositiveBound.overMessages(logarithm: -200, attempts: 10)
    #expect(abs(one - (-200 + 128 * 0.693_147_2)) < 1e-4)
    #expect(abs(ten - one - 2.302_585) < 1e-4)
    #expect(FalsePositiveBound.overMessages(logarithm: -10, attempts: 1) == 0)
  }
}

extension Double {
  /// By its series: the tests load no mathematics library.
  fileprivate var naturalLogarithm: Double {
    var exponent = Double(self.exponent)
    var m = significand
    if m > 1.414_213_56 {
      m /= 2
      exponent += 1
    }
    let t = (m - 1) / (m + 1)
    var power = t
    var sum = 0.0
    for k in stride(from: 1.0, through: 31, by: 2) {
      sum += power / k
      power *= t * t
    }
    return exponent * 0.693_147_180_559_945_3 + 2 * sum
  }
}
