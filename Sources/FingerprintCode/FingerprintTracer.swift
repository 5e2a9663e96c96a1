import Glibc
package import MarkKeys

/// What bounds are multiplied with: the reciprocals of all factors add up to 1 at most.
private struct Trials {
  let candidates: Int
  /// For each candidate, one over his factor; nil for equal ones.
  let shares: [Double]?
  let decoders: Int
  let others: Double

  /// The factor of a candidate, by its place, and a decoder: four fifths of the chance are for the
  /// first one, a single copy in the first look, which most leaks are.
  func count(candidate: Int, decoder: Int) -> Double {
    let decoderFactor = decoder == 0 ? 1.25 : 5 * Double(max(decoders - 1, 1))
    return (shares.map { 1 / $0[candidate] } ?? Double(max(candidates, 1))) * decoderFactor * others
  }
}

/// Says whose copies a leak was made of, with a bound on the probability that an innocent is named.
///
/// All candidates are scored with a bank of decoders. Then the ones who were accused are taken as
/// known, which makes the others stand out more, and so on until nobody is added. A look counts
/// each candidate and each decoder as a trial; look number r also counts 1.25 · 5^(r - 1)-fold, so
/// that all looks together stay below the threshold.
///
/// The bound needs evidence that was read without looking at candidates' bits, and biases that were
/// fixed before the sales; `docs/fingerprint-code.md` has the reasoning.
package struct FingerprintTracer: Sendable {
  /// A candidate whose score chance does not explain.
  package struct Accusation: Sendable, Equatable {
    /// The place of the candidate in the list.
    package let index: Int
    /// The look that named him, from 1 on.
    package let look: Int
    /// The decoder with the smallest bound.
    package let decoder: FingerprintDecoder
    /// The score in that decoder.
    package let score: Double
    /// The bound for one innocent user and that decoder.
    package let bound: AccusationBound
    /// What the bound is multiplied with: candidates, decoders, looks and other trials.
    package let trials: Double

    /// Natural logarithm of the bound that somebody innocent is named like this.
    package var logarithm: Double { bound.logarithm(trials: trials) }
  }

  /// The fingerprint key of the title.
  package let key: FingerprintKey
  /// The probability of a false accusation that is allowed, for all looks together.
  package let threshold: Double
  /// How many of a decoder's best candidates get the closer look.
  package let closerLook: Int

  /// - Parameters:
  ///   - key: the fingerprint key of the title.
  ///   - threshold: above 0 and below 1.
  ///   - closerLook: at least 1; as many can be accused in one look by one decoder.
  package init(key: FingerprintKey, threshold: Double = 1e-6, closerLook: Int = 16) {
    precondition(threshold > 0 && threshold < 1 && closerLook > 0)
    self.key = key
    self.threshold = threshold
    self.closerLook = closerLook
  }

  /// Traces a leak.
  ///
  /// - Parameters:
  ///   - evidence: what was read.
  ///   - messages: the candidates, each once.
  ///   - shares: for each candidate, his share of the allowed probability, above 0, found without
  ///     the bits of fingerprints; they add up to 1 at most. The likely ones need less
  ///     evidence with a larger share. Nil for equal ones.
  ///   - otherTrials: what else was tried: titles, alignments, files; at least 1.
  ///   - powerRatio: that of one copy's statistic, to decode means of copies; nil to leave those out.
  /// - Returns: the accused in the order of looks, the smallest bound first.
  package func trace(
    _ evidence: FingerprintEvidence, candidates messages: [Message], shares: [Double]? = nil,
    otherTrials: Double = 1, powerRatio: Double? = nil
  ) -> [Accusation] {
    precondition(otherTrials >= 1)
    let biases = FingerprintBiases(key: key, slots: evidence.slots)
    var accused: [Accusation] = []
    var look = 1
    while true {
      let bank =
        accused.isEmpty
        ? FingerprintDecoder.bank(powerRatio: powerRatio)
        : FingerprintDecoder.bank(known: accused.count, powerRatio: powerRatio)
      let known = accused.map { codeword($0.index, messages, biases) }
      let trials = Trials(
        candidates: messages.count, shares: shares, decoders: bank.count,
        others: otherTrials * Self.factor(look: look))
      let found = best(
        bank, look: look, evidence: evidence, biases: biases, known: known, messages: messages,
        trials: trials
      ).filter { new in
        new.logarithm <= log(threshold)
          && !accused.contains { $0.index == new.index }
      }
      if found.isEmpty { return accused }
      accused += found
      look += 1
    }
  }

  /// Four fifths of the chance are for the first look, four fifths of the rest for the second ...
  private static func factor(look: Int) -> Double {
    var factor = 1.25
    for _ in 1..<look { factor *= 5 }
    return factor
  }

  /// The leaders of all decoders, each candidate once with its smallest bound, in its order.
  private func best(
    _ bank: [FingerprintDecoder], look: Int, evidence: FingerprintEvidence,
    biases: FingerprintBiases, known: [FingerprintCodeword], messages: [Message], trials: Trials
  ) -> [Accusation] {
    let terms = bank.map {
      ScoreTerms($0, evidence: evidence, biases: biases, known: known)
    }
    let search = CandidateSearch(key: key, biases: biases, terms: terms)
    var best: [Int: Accusation] = [:]
    let kept = closerLook + known.count
    for (number, leaders) in search.leaders(of: messages, keeping: kept).enumerated() {
      for leader in leaders {
        let score = terms[number].score(of: codeword(leader.index, messages, biases))
        let accusation = Accusation(
          index: leader.index, look: look, decoder: bank[number], score: score,
          bound: AccusationBound(terms: terms[number], score: score),
          trials: trials.count(candidate: leader.index, decoder: number))
        if let other = best[leader.index],
          other.logarithm <= accusation.logarithm
        {
          continue
        }
        best[leader.index] = accusation
      }
    }
    return best.values.sorted {
      ($0.logarithm, $0.index) < ($1.logarithm, $1.index)
    }
  }

  private func codeword(
    _ index: Int, _ messages: [Message], _ biases: FingerprintBiases
  ) -> FingerprintCodeword {
    FingerprintCodeword(key: key, message: messages[index], biases: biases)
  }
}
