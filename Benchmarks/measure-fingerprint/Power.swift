import FingerprintCode
import MarkKeys
import _TestSupport

/// How often leaks name one of their copies, or all, and how often somebody else.
enum Power {
  /// Fingerprint slots a second in plan delivery: 320 in each period of 19.2 s.
  static let slotsPerSecond = 320 / 19.2
  /// Copies delivered: so many count as trials, though only some innocents are really scored.
  static let delivered = 1e6
  static let scoredInnocents = 200

  static func attacks(_ powerRatio: Double) -> [(name: String, model: CollusionModel)] {
    [("1 copy", .oneSource)]
      + [2, 3, 5].flatMap { copies -> [(String, CollusionModel)] in
        var list: [(String, CollusionModel)] = [
          ("\(copies) spliced", .interleaving(copies)),
          ("\(copies) averaged", .averaging(copies, powerRatio: powerRatio)),
        ]
        if copies > 2 {
          list += [("\(copies) majority", .majority(copies))]
          list += [("\(copies) minority", .minority(copies))]
          list += [("\(copies) random", .coin(copies))]
        }
        return list + [("\(copies) all-1", .allOnes(copies))]
      }
  }

  struct Outcome {
    var somebody = 0
    var named = 0
    var all = 0
    var innocents = 0
  }

  /// Traces leaks of a kind.
  static func trace(
    _ model: CollusionModel, slots: Int, powerRatio: Double, trials: Int, seed: UInt64
  ) -> Outcome {
    var generator = SeededGenerator(seed: seed)
    var outcome = Outcome()
    for _ in 0..<trials {
      let leak = Leak(model, slots: slots, powerRatio: powerRatio, &generator)
      let innocents = (0..<scoredInnocents).map { Message(high: 7, low: UInt64($0)) }
      let accused = FingerprintTracer(key: leak.key, closerLook: 8).trace(
        leak.evidence, candidates: leak.messages + innocents,
        otherTrials: delivered / Double(model.copies + scoredInnocents), powerRatio: powerRatio)
      let right = accused.filter { $0.index < model.copies }.count
      outcome.somebody += right > 0 ? 1 : 0
      outcome.all += right == model.copies ? 1 : 0
      outcome.named += right
      outcome.innocents += accused.count - right
    }
    return outcome
  }

  static func measure(trials: Int) {
    print("\(trials) leaks each, 10^6 candidates, threshold 10^-6: share of leaks naming somebody,")
    print("share of copies named; power ratio 8: 0.2 % of bits wrong; 1.64: 10 %; 0.7: 20 %")
    print("leak          seconds  slots      0.2 %        10 %        20 %   innocents named")
    for (name, _) in attacks(1) {
      for seconds in [15.0, 60, 240] {
        let slots = Int(seconds * slotsPerSecond)
        var line = name + String(repeating: " ", count: 14 - name.count)
        line += text(seconds, 0, width: 7) + text(Double(slots), 0, width: 7)
        var innocents = 0
        for powerRatio in [8, 1.64, 0.7] {
          guard let model = attacks(powerRatio).first(where: { $0.name == name })?.model else {
            continue
          }
          let outcome = trace(
            model, slots: slots, powerRatio: powerRatio, trials: trials, seed: UInt64(slots))
          line += text(Double(outcome.somebody) / Double(trials), 2, width: 7)
          line += text(Double(outcome.named) / Double(trials * model.copies), 2, width: 5)
          innocents += outcome.innocents
        }
        print(line + "   \(innocents)")
      }
    }
  }

  static func measureLengths(trials: Int) {
    print("slots (seconds) at which 95 % of \(trials) leaks name somebody, 10^6 candidates, 10^-6")
    print("leak               0.2 %          10 %          20 %  of bits wrong")
    for (name, model) in attacks(1) where model.copies <= 3 {
      var line = name + String(repeating: " ", count: 14 - name.count)
      for powerRatio in [8, 1.64, 0.7] {
        guard let model = attacks(powerRatio).first(where: { $0.name == name })?.model else {
          continue
        }
        var slots = 64.0
        while slots < 20_000 {
          let outcome = trace(
            model, slots: Int(slots), powerRatio: powerRatio, trials: trials, seed: UInt64(slots))
          if Double(outcome.somebody) >= 0.95 * Double(trials) { break }
          slots *= 1.12
        }
        line += text(slots, 0, width: 8) + " (" + text(slots / slotsPerSecond, 0) + ")"
      }
      print(line)
    }
  }
}
