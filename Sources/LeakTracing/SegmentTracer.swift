import AudioMark
package import FingerprintCode
import Glibc
package import Ledger
import MarkCode
package import MarkKeys

/// Names the copies of a film by the variants of its segments.
///
/// What is tried, and what each trial counts, as in `LeakTracer`: candidates whose identity slots agree
/// best first, with shares by rank and likelihood; all alike where that names nobody and enough
/// fingerprint slots were read, each of the two ways counting 2 then; decoders and looks as
/// `FingerprintTracer` says. Where segments lie in the title is known by their numbers.
package struct SegmentTracer {
  /// A copy that chance does not explain.
  package struct Accusation {
    package let content: Handle
    package let message: Message
    /// What was read of the fingerprint slots.
    package let evidence: FingerprintEvidence
    /// What the fingerprint said.
    package let finding: FingerprintTracer.Accusation
    /// Natural logarithm of the likelihood ratio "this copy alone" against chance, all slots.
    package let logarithmOfRatio: Double
    /// How many agreed better in the identity slots; nil where that was not asked.
    package let identityRank: Int?

    /// Natural logarithm of the bound on the probability that somebody innocent is named like this.
    package var logarithmOfBound: Double { finding.logarithm }
  }

  /// What was found.
  package struct Outcome {
    package var accusations: [Accusation] = []
    package var runnerUp: LeakTracer.RunnerUp?
  }

  /// One segment says no more than this: outliers are more frequent than their size says.
  package static let limit = 8.4
  /// Segments beyond this are no film's: 64 hours.
  private static let mostSegments = 115_200
  /// Candidates that are looked at for their identity slots.
  private static let rankedCandidates = 1000
  /// Candidates who are not named of whom the one that fits best is told.
  private static let comparedOthers = 8
  /// The most work, in bits of codewords, that is spent on looking at all candidates.
  private static let mostWork = 8e9
  /// With fewer fingerprint slots than these only candidates of good rank are looked at.
  private static let fingerprintsForAll = 60

  private let threshold: Double

  /// - Parameter threshold: the probability of a false accusation that is allowed, above 0 and below 1.
  package init(threshold: Double) { self.threshold = threshold }

  /// Traces a leak.
  ///
  /// - Parameters:
  ///   - ratios: for each segment that was read, ln P(read | B) / P(read | A); one that was read
  ///     several times several times.
  ///   - title: whose segments these are.
  ///   - otherTrials: what else is tried, at least 1.
  /// - Returns: the accused, the smallest bound first.
  package func trace(
    _ ratios: [(segment: Int, logRatio: Double)], title: TracedTitle, otherTrials: Double = 1
  ) -> Outcome {
    let layers = SegmentLayers(ratios.filter { $0.segment < Self.mostSegments }, limit: Self.limit)
    guard let evidence = layers.fingerprints, !title.messages.isEmpty else { return Outcome() }
    let ranking = IdentityRanking(ratios: layers.identity)
    let order = ranking.best(of: title.messages, count: Self.rankedCandidates)
    let ranked = order.map { title.messages[$0] }
    let shares = ranking.likelihoods(of: title.messages, places: order).enumerated().map {
      0.5 / Double(($0 + 1) * ($0 + 2)) + 0.5 * $1
    }
    let work = Double(title.messages.count) * Double(evidence.slots.count)
    let looksAtAll =
      title.messages.count > ranked.count && work <= Self.mostWork
      && evidence.readCount >= Self.fingerprintsForAll
    let tries = otherTrials * (looksAtAll ? 2 : 1)
    let tracer = FingerprintTracer(key: title.key, threshold: threshold)
    var outcome = Outcome()
    func add(_ findings: [FingerprintTracer.Accusation], _ messages: [Message], isRanked: Bool) {
      for finding in findings {
        let message = messages[finding.index]
        outcome.accusations.append(
          Accusation(
            content: title.content, message: message, evidence: evidence, finding: finding,
            logarithmOfRatio: title.logarithmOfRatio(message, evidence, ranking),
            identityRank: isRanked ? finding.index : nil))
      }
    }
    add(
      tracer.trace(evidence, candidates: ranked, shares: shares, otherTrials: tries), ranked,
      isRanked: true)
    if looksAtAll {
      // Those of mixtures rank badly: the others beside whom the first way named.
      let named = outcome.accusations.map(\.message)
      let all = tracer.trace(evidence, candidates: title.messages, otherTrials: tries)
      add(
        all.filter { !named.contains(title.messages[$0.index]) }, title.messages, isRanked: false)
    }
    outcome.accusations.sort { $0.logarithmOfBound < $1.logarithmOfBound }
    let accused = Set(outcome.accusations.map(\.message))
    outcome.runnerUp = ranked.filter { !accused.contains($0) }.prefix(Self.comparedOthers).map {
      LeakTracer.RunnerUp(
        content: title.content, message: $0,
        logarithmOfRatio: title.logarithmOfRatio($0, evidence, ranking))
    }.max { $0.logarithmOfRatio < $1.logarithmOfRatio }
    return outcome
  }
}

/// What was read of segments, sorted by layer.
private struct SegmentLayers {
  /// For each coded bit of the identity, the sum of what was read.
  var identity: [Float]
  /// The fingerprint slots from the first that was read to the last; nil without any.
  var fingerprints: FingerprintEvidence?

  init(_ ratios: [(segment: Int, logRatio: Double)], limit: Double) {
    let coded = MarkPlan.delivery.code(of: .identity)?.codedBits ?? 1
    identity = [Float](repeating: 0, count: coded)
    // A segment that was read several times says no more than one that was read well once.
    var sums: [Int: Double] = [:]
    for (segment, ratio) in ratios where segment >= 0 && !ratio.isNaN {
      sums[segment] = min(max(sums[segment, default: 0] + ratio, -limit), limit)
    }
    let slots = sums.keys.filter { !FilmSlots.isIdentity($0) }
      .map(FilmSlots.fingerprintNumber)
    if let first = slots.min(), let last = slots.max() {
      fingerprints = FingerprintEvidence(slots: first..<last + 1)
    }
    for (segment, ratio) in sums {
      if FilmSlots.isIdentity(segment) {
        identity[FilmSlots.identityNumber(of: segment) % coded] += Float(ratio)
      } else {
        fingerprints?.add(Float(ratio), slot: FilmSlots.fingerprintNumber(of: segment))
      }
    }
  }
}
