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

  /// - Parameters:
  ///   - isMarked: whether the recordings carry marks of the key.
  ///   - paths: the recordings.
  /// - Throws: what is wrong with a recording.
  func run(_ isMarked: Bool, _ paths: [String]) throws {
    var generator = SystemRandomNumberGenerator()
    var accused = [Int](repeating: 0, count: Self.thresholds.count)
    let readings = isMarked ? try paths.map { try MeasureTracing.read($0, key).readings } : []
    let recordings = isMarked ? [] : try paths.map { try Recording($0) }
    let schedule = SlotSchedule(key: key)
    for trial in 0..<trials {
      let first = 2_000_000 + trial * Self.candidates
      let messages = (first..<first + Self.candidates).map(MeasureTracing.message)
      // At a threshold this high the tracer tells how small the smallest bound is.
      let outcome: LeakTracer.Outcome
      if isMarked {
        let name = trial % 2 == 0 ? "t1" : "other\(trial)"
        let title = TracedTitle(
          content: try Handle(name), key: key, symbolCount: master.index.symbolCount,
          messages: messages)
        outcome = LeakTracer(schedule: schedule, threshold: 0.1)
          .trace(readings[trial / 2 % readings.count], titles: [title])
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
}
