import Glibc

/// How likely it is that an innocent user scores this much.
///
/// The score is a sum of independent terms of two known values. With K(t) the sum of
/// ln(p exp(t one) + (1 - p) exp(t zero)), Chernoff's bound P(S >= s) <= exp(K(t) - t s) holds for
/// every t >= 0; the best t is where K'(t) = s. Lugannani and Rice (1980) give an estimate from the same
/// quantities, which is close but no bound.
package struct AccusationBound: Sendable, Equatable {
  /// Natural logarithm of the bound; 0, which says nothing, for scores up to the mean.
  package let logarithm: Double
  /// Natural logarithm of the estimate; never above the bound.
  package let estimateLogarithm: Double

  /// The bound for one innocent user and one look at the evidence.
  ///
  /// - Parameters:
  ///   - terms: those of the decoder that gave the score.
  ///   - score: the candidate's.
  package init(terms: ScoreTerms, score: Double) {
    let sum = Cumulants(terms: terms)
    // Nobody has more than the largest score; and what rounding can have added, and more.
    let s = min(score, sum.largest) - 1e-12 * sum.size
    let start = sum.at(0)
    guard s > start.slope, start.curve > 0 else {
      logarithm = 0
      estimateLogarithm = min(0, score > start.slope ? 0 : -M_LN2)
      return
    }
    var t = (s - start.slope) / start.curve
    var low = 0.0
    var high = Double.infinity
    var found = sum.at(t)
    for _ in 0..<80 {
      if found.slope < s { low = t } else { high = t }
      var next = found.curve > 0 ? t + (s - found.slope) / found.curve : 2 * t
      // Near the largest score t grows almost without limit: any t gives a bound, so stop somewhere.
      if next > 4 * t { next = 4 * t }
      if next <= low || next >= high { next = high.isFinite ? (low + high) / 2 : 2 * t }
      if next > 1e6 || abs(next - t) <= 1e-9 * t { break }
      t = next
      found = sum.at(t)
    }
    let rounding = 1e-12 * (t * sum.size + Double(terms.slots.count))
    let exponent = found.value - t * s + rounding
    logarithm = min(exponent, 0)
    estimateLogarithm = Self.estimate(
      exponent: min(found.value - t * min(score, sum.largest), 0),
      point: t * sqrt(max(found.curve, 0)), bound: min(exponent, 0))
  }

  /// The formula of Lugannani and Rice in logarithms.
  private static func estimate(exponent: Double, point u: Double, bound: Double) -> Double {
    let w = sqrt(-2 * exponent)
    guard w > 0.02, u > 0 else { return min(bound, -M_LN2) }
    // Mills' ratio less 1 / w; its series where the error function has no digits left.
    let w2 = w * w
    let rest =
      w > 12
      ? -(1 - (3 - (15 - 105 / w2) / w2) / w2) / (w2 * w)
      : sqrt(Double.pi / 2) * exp(w2 / 2) * erfc(w / 2.0.squareRoot()) - 1 / w
    let factor = rest + 1 / u
    guard factor > 0 else { return bound }
    return min(exponent + log(factor / sqrt(2 * Double.pi)), bound)
  }

  /// The bound for some innocent user in some trial, at most 0.
  ///
  /// - Parameter trials: how often there was a chance: candidates times decoders times whatever else
  ///   was tried, at least 1.
  /// - Returns: natural logarithm of the bound.
  package func logarithm(trials: Double) -> Double {
    min(logarithm + log(max(trials, 1)), 0)
  }
}

/// The cumulant generating function of an innocent user's score.
private struct Cumulants {
  let terms: ScoreTerms
  /// The sum of the terms' largest magnitudes.
  let size: Double
  /// The largest score there is.
  let largest: Double

  init(terms: ScoreTerms) {
    self.terms = terms
    var size = 0.0
    var largest = 0.0
    for place in terms.slots.indices {
      size += max(abs(terms.ones[place]), abs(terms.zeros[place]))
      largest += max(terms.ones[place], terms.zeros[place])
    }
    self.size = size
    self.largest = largest
  }

  /// The function and its first two derivatives; nothing overflows for t >= 0.
  func at(_ t: Double) -> (value: Double, slope: Double, curve: Double) {
    var value = 0.0
    var slope = 0.0
    var curve = 0.0
    for place in terms.slots.indices {
      let bias = terms.biases[place]
      let (one, zero) = (terms.ones[place], terms.zeros[place])
      let top = max(one, zero)
      let a = bias * exp(t * (one - top))
      let b = (1 - bias) * exp(t * (zero - top))
      let share = a / (a + b)
      value += t * top + log(a + b)
      slope += zero + share * (one - zero)
      curve += share * (1 - share) * (one - zero) * (one - zero)
    }
    return (value, slope, curve)
  }
}
