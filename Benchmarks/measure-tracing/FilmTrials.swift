import AudioMark
import FingerprintCode
import Glibc
import LeakTracing
import Ledger
import MarkCode
import MarkKeys

/// How many minutes of a film name those whose copies it was put together from, with readings that
/// are made up: some segments not read, some wrong.
struct FilmTrials {
  let key: MarkKey
  let trials: Int
  let copies: Int

  /// Shares of the segments that are not read, and that are read wrong; the evidence of a segment is
  /// what these make right, at most that of `SegmentTracer.limit`.
  let unread: Double
  let wrong: Double

  private static let minutes = [2.0, 3, 4, 5, 6, 8, 10, 15, 20, 30, 45, 60, 90, 120]

  /// - Throws: nothing that a `Handle` made here would not.
  func run() throws {
    var generator = SystemRandomNumberGenerator()
    let messages = (1...copies).map(MeasureTracing.message)
    let title = TracedTitle(
      content: try Handle("film"), key: key, symbolCount: nil, messages: messages)
    let tracer = SegmentTracer(threshold: 1e-6)
    for colluders in [1, 2, 3, 5] {
      for minutes in Self.minutes {
        let segments = Int(minutes * 30)
        var (someone, all, innocent) = (0, 0, 0)
        let start = MeasureTracing.cpu()
        for _ in 0..<trials {
          var guilty: Set<Int> = []
          while guilty.count < colluders { guilty.insert(Int.random(in: 1...copies)) }
          let sources = guilty.map(MeasureTracing.message)
          // From anywhere in a film of two hours.
          let first = Int.random(in: 0...max(0, 3600 - segments), using: &generator)
          let ratios = read(first..<first + segments, sources, title.key, &generator)
          let named = Set(tracer.trace(ratios, title: title).accusations.map(\.message))
          someone += named.isDisjoint(with: sources) ? 0 : 1
          all += named.isSuperset(of: sources) ? 1 : 0
          innocent += named.isSubset(of: sources) ? 0 : 1
        }
        let cost = (MeasureTracing.cpu() - start) / Double(trials)
        print(
          "copies mixed \(colluders), \(minutes) minutes: somebody \(someone), all \(all),",
          "innocents \(innocent) of \(trials); \(cost) s CPU each")
        if all == trials || (colluders > 2 && someone == trials && minutes >= 60) { break }
      }
    }
  }

  /// What is read of segments, each taken from one of some copies.
  private func read(
    _ segments: Range<Int>, _ sources: [Message], _ fingerprint: FingerprintKey,
    _ generator: inout SystemRandomNumberGenerator
  ) -> [(segment: Int, logRatio: Double)] {
    guard let code = MarkPlan.delivery.code(of: .identity) else { return [] }
    let identities = sources.map { SymbolBits.encode($0, code) }
    let biases = FingerprintBiases(
      key: fingerprint, slots: 0..<FilmSlots.fingerprintCount(segments: segments.upperBound))
    let codewords = sources.map {
      FingerprintCodeword(key: fingerprint, message: $0, biases: biases)
    }
    return segments.compactMap { segment in
      guard Double.random(in: 0..<1, using: &generator) >= unread else { return nil }
      let source = Int.random(in: sources.indices, using: &generator)
      var bit: Bool
      if FilmSlots.isIdentity(segment) {
        bit = identities[source][FilmSlots.identityNumber(of: segment) % code.codedBits] < 0
      } else {
        bit = codewords[source][FilmSlots.fingerprintNumber(of: segment)]
      }
      if Double.random(in: 0..<1, using: &generator) < wrong { bit.toggle() }
      let size = min(log((1 - wrong) / wrong), SegmentTracer.limit)
      return (segment, bit ? size : -size)
    }
  }
}
