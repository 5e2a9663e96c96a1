package import AudioMark
package import FingerprintCode
import Glibc
package import Ledger
import MarkCode
package import MarkKeys

/// Names the copies that a leak was made of.
///
/// What is tried, and what each trial counts (the reciprocals add up to 1 at most, so that all of it
/// together stays below the threshold):
///
/// - readings: where alignments are certain their number, else n (n + 1) for the n-th;
/// - titles: their number;
/// - periods: a reading says which slots it has, but not in which repetition of the 19.2 s; those that
///   have the whole reading in the title count twice their number, the others twice theirs; where the
///   reading was made beside the title itself its place is known;
/// - candidates: first those whose identity slots agree best. The n-th has half of 1 / n (n + 1) as his
///   share, and half of how likely he is among all candidates by these slots. If that names nobody in a
///   long reading, all are looked at alike; each of the two ways counts 2 then;
/// - decoders and looks as `FingerprintTracer` says.
package struct LeakTracer {
  /// A copy that chance does not explain.
  package struct Accusation {
    package let content: Handle
    package let message: Message
    /// The reading it was found in.
    package let reading: MarkReading
    /// The number of the reading's first fingerprint slot in the title.
    package let evidence: FingerprintEvidence
    /// What the fingerprint said.
    package let finding: FingerprintTracer.Accusation
    /// Natural logarithm of the likelihood ratio "this copy alone" against chance, all slots.
    package let logarithmOfRatio: Double
    /// How many agreed better in the identity slots.
    package let identityRank: Int?

    /// Natural logarithm of the bound on the probability that somebody innocent is named like this.
    package var logarithmOfBound: Double { finding.logarithm }
  }

  /// The candidate that fits best of those who are not accused.
  package struct RunnerUp {
    package let content: Handle
    package let message: Message
    package let logarithmOfRatio: Double
  }

  /// What was found.
  package struct Outcome {
    package var accusations: [Accusation] = []
    package var runnerUp: RunnerUp?
  }

  private let schedule: SlotSchedule
  private let threshold: Double
  /// Periods tried where the length of the title is not known: ten minutes and more.
  package static let periodsWithoutLength = 32
  /// Candidates that are looked at for their identity slots.
  private static let rankedCandidates = 1000
  /// Candidates who are not named of whom the one that fits best is told.
  private static let comparedOthers = 8
  /// The most work, in bits of codewords, that is spent on looking at all candidates.
  private static let mostWork = 8e9
  /// Fewer fingerprint slots than these name nobody whose identity slots do not point at him.
  private static let fingerprintsForAll = 400
  /// Fingerprint slots of a period.
  private var fingerprintsInPeriod: Int { schedule.layer.count { $0 == .fingerprint } }

  /// - Parameters:
  ///   - schedule: of the mark key.
  ///   - threshold: the probability of a false accusation that is allowed, above 0 and below 1.
  package init(schedule: SlotSchedule, threshold: Double) {
    self.schedule = schedule
    self.threshold = threshold
  }

  /// Traces a leak.
  ///
  /// - Parameters:
  ///   - readings: what was read in it.
  ///   - titles: what it may be a copy of.
  ///   - otherTrials: what else is tried, at least 1.
  /// - Returns: the accused, the smallest bound first.
  package func trace(
    _ readings: [MarkReading], titles: [TracedTitle], otherTrials: Double = 1
  ) -> Outcome {
    var outcome = Outcome()
    var isDone = false
    let areCertain = readings.allSatisfy(\.isCertain)
    let sorted = readings.sorted { ($0.rank, -$0.z) < ($1.rank, -$1.z) }
    for (place, reading) in sorted.enumerated() where !isDone {
      let rank = Double(place + 1)
      let factor = areCertain ? Double(sorted.count) : rank * (rank + 1)
      for title in titles where !title.messages.isEmpty {
        trace(
          reading, title, others: factor * Double(titles.count) * otherTrials, &outcome)
      }
      // Where alignments are guesses, only one of them can be right.
      isDone = !areCertain && !outcome.accusations.isEmpty
    }
    outcome.accusations.sort { $0.logarithmOfBound < $1.logarithmOfBound }
    let accused = Set(outcome.accusations.map(\.message))
    if let other = outcome.runnerUp, accused.contains(other.message) { outcome.runnerUp = nil }
    return outcome
  }

  private func trace(
    _ reading: MarkReading, _ title: TracedTitle, others: Double, _ outcome: inout Outcome
  ) {
    let layers = SlotLayers(reading, schedule)
    guard !layers.fingerprints.isEmpty else { return }
    let ranking = IdentityRanking(ratios: layers.identity)
    let order = ranking.best(of: title.messages, count: Self.rankedCandidates)
    let ranked = order.map { title.messages[$0] }
    let placings = placings(of: layers, reading, in: title)
    let tracer = FingerprintTracer(key: title.key, threshold: threshold)
    let likelihoods = ranking.likelihoods(of: title.messages, places: order)
    let shares = likelihoods.enumerated().map { place, likelihood in
      0.5 / Double((place + 1) * (place + 2)) + 0.5 * likelihood
    }
    let work =
      Double(title.messages.count) * Double(layers.fingerprints.count)
      * Double(placings.count { $0.isWhole })
    let looksAtAll =
      title.messages.count > ranked.count && work <= Self.mostWork
      && layers.fingerprints.count >= Self.fingerprintsForAll
    let tries = others * (looksAtAll ? 2 : 1)
    var found: [Accusation] = []
    for placing in placings {
      let accused = tracer.trace(
        placing.evidence, candidates: ranked, shares: shares,
        otherTrials: tries * placing.factor, powerRatio: reading.powerRatio)
      for finding in accused {
        found.append(
          accusation(
            title, ranked[finding.index], reading, placing.evidence, finding, ranking,
            identityRank: finding.index))
      }
    }
    if found.isEmpty, looksAtAll {
      for placing in placings where placing.isWhole {
        let evidence = placing.evidence
        let accused = tracer.trace(
          evidence, candidates: title.messages,
          otherTrials: tries * placing.factor, powerRatio: reading.powerRatio)
        for finding in accused {
          found.append(
            accusation(
              title, title.messages[finding.index], reading, evidence, finding, ranking,
              identityRank: nil))
        }
      }
    }
    let others = ranked.filter { one in !found.contains { $0.message == one } }
    for other in others.prefix(Self.comparedOthers) {
      for placing in placings {
        let ratio = title.logarithmOfRatio(other, placing.evidence, ranking)
        if outcome.runnerUp.map({ $0.logarithmOfRatio < ratio }) ?? true {
          outcome.runnerUp = RunnerUp(
            content: title.content, message: other, logarithmOfRatio: ratio)
        }
      }
    }
    for one in found {
      if let known = outcome.accusations.firstIndex(where: { $0.message == one.message }) {
        if one.logarithmOfBound < outcome.accusations[known].logarithmOfBound {
          outcome.accusations[known] = one
        }
      } else {
        outcome.accusations.append(one)
      }
    }
  }

  private func accusation(
    _ title: TracedTitle, _ message: Message, _ reading: MarkReading,
    _ evidence: FingerprintEvidence, _ finding: FingerprintTracer.Accusation,
    _ ranking: IdentityRanking, identityRank: Int?
  ) -> Accusation {
    Accusation(
      content: title.content, message: message, reading: reading, evidence: evidence,
      finding: finding, logarithmOfRatio: title.logarithmOfRatio(message, evidence, ranking),
      identityRank: identityRank)
  }

  /// Where in the title a reading may lie.
  private struct Placing {
    let evidence: FingerprintEvidence
    /// Whether all of the reading is within the title, but for a second.
    let isWhole: Bool
    /// How many trials it counts.
    let factor: Double
  }

  /// Every repetition of the period in which the reading and the title have something in common.
  ///
  /// Those in which the title has all of the reading have half of the chance, the others the other half.
  private func placings(
    of layers: SlotLayers, _ reading: MarkReading, in title: TracedTitle
  ) -> [Placing] {
    let period = MarkGeometry.period
    let end = reading.firstSlot + reading.ratios.count
    let count = title.symbolCount ?? Self.periodsWithoutLength * period
    let known = reading.titleSymbol.map { $0 / period }
    let first = known ?? -((end - 1) / period)
    let last = known ?? (count - 1 - reading.firstSlot) / period
    guard first <= last else { return [] }
    let limit = fingerprintSlots(count)
    func isWhole(_ number: Int) -> Bool { number >= 0 && number * period + end <= count + 50 }
    let wholes = (first...last).count(where: isWhole)
    let parts = last - first + 1 - wholes
    return (first...last).compactMap { number in
      let start = layers.firstFingerprint + number * fingerprintsInPeriod
      let kept = max(start, 0)..<max(min(start + layers.fingerprints.count, limit), start, 0)
      guard !kept.isEmpty else { return nil }
      let isWhole = isWhole(number)
      let ratios = layers.fingerprints[kept.lowerBound - start..<kept.upperBound - start]
      return Placing(
        evidence: FingerprintEvidence(first: kept.lowerBound, ratios: ratios), isWhole: isWhole,
        factor: Double(isWhole ? wholes : parts) * (wholes > 0 && parts > 0 ? 2 : 1))
    }
  }

  /// How many fingerprint slots there are in the first symbols of a recording.
  private func fingerprintSlots(_ symbols: Int) -> Int {
    let rest = symbols % MarkGeometry.period
    return symbols / MarkGeometry.period * fingerprintsInPeriod
      + schedule.layer[..<rest].count { $0 == .fingerprint }
  }
}

/// The symbols of a reading sorted by layer.
private struct SlotLayers {
  /// For each coded bit of the identity, the sum of what was read.
  var identity: [Float]
  /// What was read of the fingerprint slots, one after another.
  var fingerprints: [Float] = []
  /// The number of the first of them in the period.
  var firstFingerprint = 0

  init(_ reading: MarkReading, _ schedule: SlotSchedule) {
    let coded = MarkPlan.delivery.code(of: .identity)?.codedBits ?? 1
    identity = [Float](repeating: 0, count: coded)
    var isFirst = true
    for (place, ratio) in reading.ratios.enumerated() {
      let slot = (reading.firstSlot + place) % MarkGeometry.period
      switch schedule.layer[slot] {
      case .copyright: break
      case .identity: identity[schedule.numberInLayer[slot] % coded] += ratio
      case .fingerprint:
        if isFirst {
          // A period that begins before its first fingerprint slot counts from the one it begins in.
          firstFingerprint = schedule.numberInLayer[slot]
          if slot < reading.firstSlot {
            firstFingerprint += schedule.layer.count { $0 == .fingerprint }
          }
          isFirst = false
        }
        fingerprints.append(ratio)
      }
    }
  }
}
