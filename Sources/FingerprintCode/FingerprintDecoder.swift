/// A way to score candidates.
///
/// None is the best one for all leaks; a bank of them is, at the price of counting each as a trial.
package enum FingerprintDecoder: Sendable, Hashable {
  /// The symmetric score of Škorić, Katzenbeisser and Celik (2008), times the expected received bit.
  case symmetric
  /// The logarithm of the likelihood ratio of "this candidate is one of the copies" and "his bits
  /// are independent ones", for a model of the leak.
  case likelihood(CollusionModel)

  /// What reports call it.
  package var name: String {
    switch self {
    case .symmetric: "symmetric"
    case .likelihood(let model): model.name
    }
  }

  /// The decoders for a first look.
  ///
  /// - Parameter powerRatio: that of one copy's statistic, for means of copies; nil leaves them out.
  /// - Returns: the bank, always in this order.
  package static func bank(powerRatio: Double? = nil) -> [FingerprintDecoder] {
    var models: [CollusionModel] = [
      .oneSource, .interleaving(2), .interleaving(3), .interleaving(8), .majority(3), .minority(3),
      .minority(6), .allOnes(3), .allZeros(3),
    ]
    if let powerRatio {
      models += [.averaging(2, powerRatio: powerRatio), .averaging(3, powerRatio: powerRatio)]
    }
    return models.map { .likelihood($0) } + [.symmetric]
  }

  /// The decoders for a leak of which some copies are known already.
  ///
  /// - Parameters:
  ///   - known: how many, from 1 on.
  ///   - powerRatio: as above.
  /// - Returns: the bank, always in this order.
  package static func bank(known: Int, powerRatio: Double? = nil) -> [FingerprintDecoder] {
    precondition(known > 0)
    var models: [CollusionModel] = []
    for copies in [known + 1, known + 2] {
      models += [.interleaving(copies), .majority(copies), .minority(copies)]
      models += [.allOnes(copies), .allZeros(copies)]
      if let powerRatio { models.append(.averaging(copies, powerRatio: powerRatio)) }
    }
    return (models + [.interleaving(known + 6)]).map { .likelihood($0) }
  }

  /// What the values of a bit add to the score in a slot.
  ///
  /// - Parameters:
  ///   - ratio: the evidence, -16...16.
  ///   - bias: the probability of a 1, between 0 and 1.
  ///   - known: how many copies are known, fewer than the model has.
  ///   - knownOnes: how many of those have a 1 in this slot.
  /// - Returns: the values for a 1 and for a 0.
  func values(ratio: Double, bias: Double, known: Int = 0, knownOnes: Int = 0)
    -> (one: Double, zero: Double)
  {
    switch self {
    case .symmetric: Self.symmetricValues(ratio: ratio, bias: bias)
    case .likelihood(let model):
      Self.likelihoodValues(
        model, ratio: ratio, bias: bias, known: known, knownOnes: knownOnes)
    }
  }
}
