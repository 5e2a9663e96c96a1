import FingerprintCode
import MarkKeys
import Testing
import _TestSupport

/// The fast search ranks candidates as their scores do.
@Suite struct CandidateSearchTests {
  @Test(arguments: [1, 4, 5, 12])
  func leadersAreThoseOfTheScores(_ decoders: Int) {
    var generator = SeededGenerator(seed: UInt64(100 + decoders))
    let leak = TestLeak(.interleaving(2), slots: 333, powerRatio: 2, &generator)
    // A clip with a hole, so that columns are missing at the beginning, inside and at the end.
    var evidence = FingerprintEvidence(slots: 0..<333)
    for slot in Array(75..<140) + Array(171..<300) {
      evidence.add(leak.evidence.ratios[slot], slot: slot)
    }
    let terms = FingerprintDecoder.bank(powerRatio: 2).prefix(decoders).map {
      ScoreTerms($0, evidence: evidence, biases: leak.biases)
    }
    let messages = (0..<2500).map { _ in Message(high: generator.next(), low: generator.next()) }
    let codewords = messages.map {
      FingerprintCodeword(key: leak.key, message: $0, biases: leak.biases)
    }
    let search = CandidateSearch(key: leak.key, biases: leak.biases, terms: terms)
    let found = search.leaders(of: messages, keeping: 7)
    #expect(found.count == decoders)
    for (terms, leaders) in zip(terms, found) {
      let scores = codewords.map { terms.score(of: $0) }
      let best = scores.sorted(by: >).prefix(7)
      #expect(leaders.count == 7)
      for (leader, score) in zip(leaders, best) {
        #expect(abs(scores[leader.index] - score) < 1e-4, "\(generator)")
      }
    }
  }

  @Test func aClipOfALongTitleNeedsNothingBeforeIt() {
    var generator = SeededGenerator(seed: 9)
    let key = FingerprintKey(secret: Secret(generator.bytes(32)))
    let biases = FingerprintBiases(key: key, slots: 100_007..<100_407)
    let messages = (0..<500).map { Message(high: 1, low: $0) }
    let codeword = FingerprintCodeword(key: key, message: messages[123], biases: biases)
    let ratios = biases.slots.map { codeword[$0] ? Float.infinity : -Float.infinity }
    let evidence = FingerprintEvidence(first: 100_007, ratios: ratios)
    let accused = FingerprintTracer(key: key).trace(evidence, candidates: messages)
    #expect(accused.map(\.index) == [123])
  }

  @Test func nothingToScoreGivesNoLeaders() {
    let key = FingerprintKey(secret: Secret([UInt8](repeating: 1, count: 32)))
    let biases = FingerprintBiases(key: key, slots: 0..<64)
    let evidence = FingerprintEvidence(slots: 0..<64)
    let terms = ScoreTerms(.symmetric, evidence: evidence, biases: biases)
    let search = CandidateSearch(key: key, biases: biases, terms: [terms])
    let message = Message(high: 0, low: 0)
    #expect(search.leaders(of: [message], keeping: 3) == [[]])
    #expect(search.leaders(of: [], keeping: 3) == [[]])
    #expect(FingerprintTracer(key: key).trace(evidence, candidates: [message]).isEmpty)
    #expect(FingerprintTracer(key: key).trace(evidence, candidates: []).isEmpty)
  }
}
