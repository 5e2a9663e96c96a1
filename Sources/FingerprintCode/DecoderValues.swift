import Glibc

extension FingerprintDecoder {
  /// Equal bits add sqrt((1 - p) / p), p being the probability of the bit, others take off the
  /// inverse; an unsure bit counts by its expectation between -1 and 1.
  static func symmetricValues(ratio: Double, bias: Double) -> (one: Double, zero: Double) {
    let sign = tanh(ratio / 2)
    let odds = sqrt((1 - bias) / bias)
    return (sign * odds, -sign / odds)
  }

  /// The likelihood with the candidate's bit, averaged over the copies of others, against the
  /// likelihood averaged over his bit too.
  ///
  /// The other copies' ones are binomial. With p the bias and P the likelihood this gives
  /// ln P(x) - ln(p P(1) + (1 - p) P(0)), so the expectation of exp(value) is 1 for the innocent.
  static func likelihoodValues(
    _ model: CollusionModel, ratio: Double, bias: Double, known: Int, knownOnes: Int
  ) -> (one: Double, zero: Double) {
    let others = model.copies - 1 - known
    precondition(others >= 0, "more copies are known than the model has")
    var share = pow(1 - bias, Double(others))
    var one = 0.0
    var zero = 0.0
    for ones in 0...others {
      zero += share * model.likelihood(ratio: ratio, ones: knownOnes + ones)
      one += share * model.likelihood(ratio: ratio, ones: knownOnes + ones + 1)
      share *= Double(others - ones) / Double(ones + 1) * bias / (1 - bias)
    }
    let mean = bias * one + (1 - bias) * zero
    return (log(one / mean), log(zero / mean))
  }
}
