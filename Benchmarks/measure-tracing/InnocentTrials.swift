import AudioMark
import Glibc
import LeakTracing
import Ledger
import MarkKeys
import Masters

/// How often somebody is accused who had nothing to do with a leak.
struct InnocentTrials {
  let key: MarkKey
  let master: Master
  let trials: Int

  private static let candidates = 1000
  private static let thresholds = [0.1, 0.01, 0.001, 1e-6]

  /// What innocents are compared with.
  enum Kind {
    /// Leaks of others, read blind.
    case innocents
    /// Leaks of others' copies of the master, read beside it.
    case beside
    /// Recordings without marks.
    case strangers
  }

  /// - Parameters:
  ///   - kind: what innocents are compared with.
  ///   - paths: the recordings.
  /// - Throws: what is wrong with a recording.
  func run(_ kind: Kind, _ paths: [String]) throws {
    let isMarked = kind != .strangers
    var generator = SystemRandomNumberGenerator()
    var accused = [Int](repeating: 0, count: Self.thresholds.count)
    let readings = isMarked ? try paths.map { try self.readings($0, kind) } : []
    let recordings = isMarked ? [] : try paths.map { try Recording($0) }
    let schedule = SlotSchedule(key: key)
    for trial in 0..<trials {
      let first = 2_000_000 + trial * Self.candidates
      let messages = (first..<first + Self.candidates).map(MeasureTracing.message)
      // At a threshold this high the tracer tells how small the smallest bound is.
      let outcome: LeakTracer.Outcome
      if isMarked {
        let name = kind == .beside || trial % 2 == 0 ? "t1" : "other\(trial)"
        let title = TracedTitle(
          content: try Handle(name), key: key, symbolCount: master.index.symbolCount,
          messages: messages)
        outcome = LeakTracer(schedule: schedule, threshold: 0.1)
          .trace(readings[trial / (kind == .beside ? 1 : 2) % readings.count], titles: [title])
      } else {
        let other = MarkKey(
          name: "other", secret: Secret((0..<32).map { _ in generator.next() as UInt8 }))
        let search = recordings[trial % recordings.count]
          .readAnywhere(seconds: 5, other, using: &generator)
        let title = TracedTitle(
          content: try Handle("t1"), key: other, symbolCount: master.index.symbolCount,
          messages: messages)
        outcome = LeakTracer(schedule: search.schedule, threshold: 0.1)
          .trace(search.readings, titles: [title])
      }
      guard let best = outcome.accusations.map(\.logarithmOfBound).min() else { continue }
      for (place, threshold) in Self.thresholds.enumerated() where best <= log(threshold) {
        accused[place] += 1
      }
    }
    for (threshold, count) in zip(Self.thresholds, accused) {
      print("bound \(threshold): accused in \(count) of \(trials) trials")
    }
  }

  private func readings(_ path: String, _ kind: Kind) throws -> [MarkReading] {
    let search = try MeasureTracing.read(path, key)
    guard kind == .beside else { return search.readings }
    return try InformedReader(search)?.readings(beside: MarkedHost(master)) ?? []
  }
}
