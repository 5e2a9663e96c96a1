import FingerprintCode
import Glibc
import MarkKeys
import Testing
import _TestSupport

/// The bound is never below the truth, and the estimate is near to it.
@Suite struct AccusationBoundTests {
  private static func randomTerms(_ count: Int, _ generator: inout SeededGenerator) -> ScoreTerms {
    let slots = Array(0..<count)
    return ScoreTerms(
      slots: slots, biases: slots.map { _ in Double.random(in: 0.004...0.996, using: &generator) },
      ones: slots.map { _ in Double.random(in: -2...3, using: &generator) },
      zeros: slots.map { _ in Double.random(in: -3...2, using: &generator) })
  }

  /// All sums with their exact probabilities, the largest first.
  private static func distribution(_ terms: ScoreTerms) -> [(sum: Double, probability: Double)] {
    (0..<1 << terms.slots.count).map { bits in
      var sum = 0.0
      var probability = 1.0
      for place in terms.slots.indices {
        let one = bits >> place & 1 == 1
        sum += one ? terms.ones[place] : terms.zeros[place]
        probability *= one ? terms.biases[place] : 1 - terms.biases[place]
      }
      return (sum, probability)
    }.sorted { $0.sum > $1.sum }
  }

  @Test(arguments: [UInt64(1), 2, 3, 4, 5])
  func staysAboveTheExactProbability(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let terms = Self.randomTerms(12, &generator)
    var exact = 0.0
    for (rank, point) in Self.distribution(terms).enumerated() {
      exact += point.probability
      if rank % 13 != 0 { continue }
      let bound = AccusationBound(terms: terms, score: point.sum)
      let logarithm = log(exact)
      #expect(bound.logarithm >= logarithm - 1e-9, "\(generator), score \(point.sum)")
      #expect(bound.estimateLogarithm <= bound.logarithm)
      if logarithm > -9 && logarithm < -2 {
        #expect(abs(bound.estimateLogarithm - logarithm) < 0.7, "\(generator), \(point.sum)")
      }
    }
  }

  @Test func theLargestScoreHasItsExactProbability() {
    var generator = SeededGenerator(seed: 6)
    let terms = Self.randomTerms(500, &generator)
    var (score, logarithm) = (0.0, 0.0)
    for place in terms.slots.indices {
      let one = terms.ones[place] > terms.zeros[place]
      score += max(terms.ones[place], terms.zeros[place])
      logarithm += log(
        one ? terms.biases[place] : 1 - terms.biases[place])
    }
    let bound = AccusationBound(terms: terms, score: score).logarithm
    #expect(bound >= logarithm - 1e-6)
    #expect(bound <= logarithm + 0.01 * abs(logarithm))
    // Nobody has more, so more says no more.
    #expect(AccusationBound(terms: terms, score: score + 1).logarithm == bound)
    #expect(AccusationBound(terms: terms, score: .infinity).logarithm == bound)
  }

  @Test func nothingIsSaidOfLowScoresAndOfNothing() {
    var generator = SeededGenerator(seed: 7)
    let terms = Self.randomTerms(50, &generator)
    let mean = terms.slots.indices.reduce(0.0) {
      $0 + terms.biases[$1] * terms.ones[$1] + (1 - terms.biases[$1]) * terms.zeros[$1]
    }
    #expect(AccusationBound(terms: terms, score: mean).logarithm == 0)
    #expect(AccusationBound(terms: terms, score: mean - 5).logarithm == 0)
    let empty = ScoreTerms(slots: [], biases: [], ones: [], zeros: [])
    #expect(AccusationBound(terms: empty, score: 0).logarithm == 0)
    let constant = ScoreTerms(slots: [0], biases: [0.5], ones: [1], zeros: [1])
    #expect(AccusationBound(terms: constant, score: 1).logarithm == 0)
  }

  @Test func growsWithTheTrialsAndFallsWithTheScore() {
    var generator = SeededGenerator(seed: 8)
    let terms = Self.randomTerms(200, &generator)
    var last = 0.0
    for score in stride(from: 0.0, through: 300, by: 5) {
      let bound = AccusationBound(terms: terms, score: score)
      #expect(bound.logarithm <= last + 1e-6)
      last = bound.logarithm
    }
    let bound = AccusationBound(terms: terms, score: 200)
    let difference = bound.logarithm(trials: 1000) - bound.logarithm
    #expect(abs(difference - 6.907_755) < 1e-5)
    #expect(AccusationBound(terms: terms, score: 10).logarithm(trials: 1e9) == 0)
  }

  @Test(arguments: [UInt64(21), 22])
  func innocentsKeepToTheBound(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let leak = TestLeak(.interleaving(3), slots: 200, powerRatio: 4, &generator)
    let count = 50_000
    for decoder in [FingerprintDecoder.symmetric, .likelihood(.interleaving(3))] {
      let terms = ScoreTerms(decoder, evidence: leak.evidence, biases: leak.biases)
      var bounds = [Double](repeating: 0, count: 4)
      var estimates = bounds
      for number in 0..<count {
        let message = Message(high: 3, low: UInt64(number))
        let score = terms.score(
          of: FingerprintCodeword(key: leak.key, message: message, biases: leak.biases))
        if score < 2 && decoder == .symmetric { continue }
        let bound = AccusationBound(terms: terms, score: score)
        for level in 1..<4 {
          let logarithm = -2.302_585 * Double(level)
          if bound.logarithm <= logarithm { bounds[level] += 1 }
          if bound.estimateLogarithm <= logarithm { estimates[level] += 1 }
        }
      }
      var expected = Double(count)
      for level in 1..<4 {
        expected /= 10
        #expect(bounds[level] < 0.25 * expected + 4, "\(generator), \(decoder), level \(level)")
        #expect(
          abs(estimates[level] - expected) < 5 * expected.squareRoot() + 0.1 * expected,
          "\(generator), \(decoder), level \(level)")
      }
    }
  }
}
