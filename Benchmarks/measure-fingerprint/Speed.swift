import FingerprintCode
import MarkKeys
import _TestSupport

/// CPU time of searching many candidates.
enum Speed {
  static func measure(candidates: Int) {
    print("\(candidates) candidates, CPU seconds of the search, codewords included")
    print("slots  1 decoder  12 decoders  one whole trace")
    var generator = SeededGenerator(seed: 1)
    var messages = (0..<candidates).map {
      Message(high: 0x0001_0002_0000_0000, low: UInt64($0) << 32 | UInt64($0))
    }
    for slots in [60, 500, 1000, 3000, 4000] {
      let leak = Leak(.interleaving(2), slots: slots, powerRatio: 4, &generator)
      let bank = FingerprintDecoder.bank(powerRatio: 4)
      let terms = bank.map { ScoreTerms($0, evidence: leak.evidence, biases: leak.biases) }
      var line = text(Double(slots), 0, width: 5)
      for count in [1, bank.count] {
        let search = CandidateSearch(
          key: leak.key, biases: leak.biases, terms: Array(terms.prefix(count)))
        let before = cpuSeconds()
        let leaders = search.leaders(of: messages, keeping: 16)
        line += text(cpuSeconds() - before, 2, width: 11)
        precondition(leaders.allSatisfy { !$0.isEmpty })
      }
      let place = messages.count / 2
      messages.replaceSubrange(place..<place + 2, with: leak.messages)
      let before = cpuSeconds()
      let accused = FingerprintTracer(key: leak.key).trace(
        leak.evidence, candidates: messages, powerRatio: 4)
      line += text(cpuSeconds() - before, 2, width: 15)
      print(line + "  (\(accused.count) named in \((accused.last?.look ?? 0) + 1) looks)")
    }
  }
}
