import Glibc

/// How a leak was made of a number of copies, as far as one slot is concerned.
///
/// A model gives the likelihood of what was received when some of the copies have a 1 there. Models
/// serve to choose decoders only: the bound on false accusations holds whatever the truth is.
package enum CollusionModel: Sendable, Hashable {
  /// One copy.
  case oneSource
  /// Each slot comes from one of the copies, all alike: splicing.
  case interleaving(Int)
  /// The more frequent bit; a coin decides ties.
  case majority(Int)
  /// The rarer bit where the copies differ; a coin decides ties.
  case minority(Int)
  /// A 1 where the copies differ.
  case allOnes(Int)
  /// A 0 where the copies differ.
  case allZeros(Int)
  /// A coin where the copies differ.
  case coin(Int)
  /// The mean of the samples. The power ratio is that of the detector's statistic in one copy: the
  /// square of its mean over its variance, above 0; the evidence must have been made with it.
  case averaging(Int, powerRatio: Double)

  /// The largest power ratio that goes with the limit of the evidence: 2 R is 16.
  package static let largestPowerRatio = Double(FingerprintEvidence.limit) / 2

  /// The number of copies.
  package var copies: Int {
    switch self {
    case .oneSource: 1
    case .interleaving(let copies), .majority(let copies), .minority(let copies),
      .allOnes(let copies), .allZeros(let copies), .coin(let copies), .averaging(let copies, _):
      copies
    }
  }

  /// What reports call it, such as `splicing-2`.
  package var name: String {
    switch self {
    case .oneSource: "one-copy"
    case .interleaving: "splicing-\(copies)"
    case .majority: "majority-\(copies)"
    case .minority: "minority-\(copies)"
    case .allOnes: "all-ones-\(copies)"
    case .allZeros: "all-zeros-\(copies)"
    case .coin: "coin-\(copies)"
    case .averaging: "mean-\(copies)"
    }
  }

  /// The probability that a 1 is sent when `ones` of the copies have one; nil where nothing is chosen.
  package func probabilityOfOne(ones: Int) -> Double? {
    if case .averaging = self { return nil }
    if ones == 0 { return 0 }
    if ones == copies { return 1 }
    switch self {
    case .oneSource, .averaging: return nil
    case .interleaving: return Double(ones) / Double(copies)
    case .majority: return 2 * ones == copies ? 0.5 : 2 * ones > copies ? 1 : 0
    case .minority: return 2 * ones == copies ? 0.5 : 2 * ones > copies ? 0 : 1
    case .allOnes: return 1
    case .allZeros: return 0
    case .coin: return 0.5
    }
  }

  /// The likelihood of what was received, up to a factor that does not depend on `ones`.
  ///
  /// For a mean of copies the statistic is a normal deviate with mean m = 2 ones / copies - 1 times
  /// that of one copy, which turns the evidence L of a single bit into exp(m L / 2 - m^2 R / 2).
  ///
  /// - Parameters:
  ///   - ratio: the evidence of the slot, -16...16.
  ///   - ones: how many of the copies have a 1, 0...copies.
  /// - Returns: the likelihood, above 0.
  func likelihood(ratio: Double, ones: Int) -> Double {
    if case .averaging(let copies, let powerRatio) = self {
      let mean = 2 * Double(ones) / Double(copies) - 1
      let power = min(powerRatio, Self.largestPowerRatio)
      return exp((mean * ratio - mean * mean * power) / 2)
    }
    let one = probabilityOfOne(ones: ones) ?? 0.5
    return one * exp(ratio / 2) + (1 - one) * exp(-ratio / 2)
  }
}
