import FingerprintCode
import Glibc
import MarkKeys
import _TestSupport

/// How often innocents reach a score, against what the bound and the estimate say of it.
enum Calibration {
  static func measure(innocents: Int) {
    print("\(innocents) innocents; share that reaches the score at which the bound is 10^-k,")
    print("over 10^-k, and the estimate there, over 10^-k")
    print("leak, decoder: k = 1, 2, 3, 4, 5")
    var generator = SeededGenerator(seed: 2)
    for (name, model, slots, powerRatio) in [
      ("3 spliced, 300 slots, clean", CollusionModel.interleaving(3), 300, 8.0),
      ("1 copy, 60 slots, 10 % wrong", .oneSource, 60, 1.64),
      ("3 averaged, 1000 slots, clean", .averaging(3, powerRatio: 8), 1000, 8.0),
    ] {
      let leak = Leak(model, slots: slots, powerRatio: powerRatio, &generator)
      for decoder in [
        FingerprintDecoder.symmetric, .likelihood(.oneSource), .likelihood(.interleaving(3)),
        .likelihood(.minority(3)), .likelihood(.averaging(3, powerRatio: powerRatio)),
      ] {
        let terms = ScoreTerms(decoder, evidence: leak.evidence, biases: leak.biases)
        let scores = (0..<innocents).map { number in
          let message = Message(high: 1, low: UInt64(number))
          return terms.score(
            of: FingerprintCodeword(key: leak.key, message: message, biases: leak.biases))
        }.sorted(by: >)
        var line = "\(name), \(decoder)"
        line += String(repeating: " ", count: max(1, 80 - line.count))
        for k in 1...5 {
          let level = pow(10, -Double(k))
          let (score, estimate) = crossing(terms, level: level)
          let reached = firstBelow(scores, score)
          line += text(Double(reached) / Double(innocents) / level, 3, width: 7)
          line += "/" + text(estimate / level, 3)
        }
        print(line)
      }
    }
  }

  /// The smallest score whose bound is at most a level, and the estimate there.
  static func crossing(_ terms: ScoreTerms, level: Double) -> (score: Double, estimate: Double) {
    var low = -1e4
    var high = zip(terms.ones, terms.zeros).reduce(0) { $0 + max($1.0, $1.1) }
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if AccusationBound(terms: terms, score: middle).logarithm <= log(level) {
        high = middle
      } else {
        low = middle
      }
    }
    return (high, exp(AccusationBound(terms: terms, score: high).estimateLogarithm))
  }

  /// How many of descending scores are at least a score.
  private static func firstBelow(_ scores: [Double], _ score: Double) -> Int {
    scores.firstIndex { $0 < score } ?? scores.count
  }
}
