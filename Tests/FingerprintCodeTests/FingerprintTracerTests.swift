import FingerprintCode
import MarkKeys
import Testing
import _TestSupport

/// Leaks name their copies and nobody else.
@Suite struct FingerprintTracerTests {
  static let leaks: [(CollusionModel, Int)] = [
    (.oneSource, 200), (.interleaving(2), 1000), (.averaging(2, powerRatio: 4), 1000),
    (.interleaving(3), 2000), (.averaging(3, powerRatio: 4), 2000),
    (.averaging(3, powerRatio: 4000), 600), (.majority(3), 2000),
    (.minority(3), 2000), (.coin(3), 2000), (.allOnes(3), 2000), (.allZeros(3), 2000),
  ]

  @Test(arguments: leaks.indices)
  func everyCopyIsNamedAndNobodyElse(_ number: Int) {
    let (model, slots) = Self.leaks[number]
    var generator = SeededGenerator(seed: UInt64(300 + number))
    var powerRatio = 4.0
    if case .averaging(_, let ratio) = model { powerRatio = ratio }
    let leak = TestLeak(model, slots: slots, powerRatio: powerRatio, &generator)
    let innocents = (0..<3000).map { _ in Message(high: generator.next(), low: generator.next()) }
    let tracer = FingerprintTracer(key: leak.key)
    let accused = tracer.trace(
      leak.evidence, candidates: innocents + leak.messages, otherTrials: 300,
      powerRatio: powerRatio)
    #expect(
      accused.map(\.index).sorted() == Array(3000..<3000 + model.copies), "\(generator), \(model)")
    #expect(accused.allSatisfy { $0.logarithm <= -13.8 })
    // The same again, to the last bit.
    #expect(
      accused
        == tracer.trace(
          leak.evidence, candidates: innocents + leak.messages, otherTrials: 300,
          powerRatio: powerRatio))
  }

  @Test(arguments: [UInt64(1), 2, 3])
  func withoutTheCopiesNobodyIsNamed(_ seed: UInt64) {
    var generator = SeededGenerator(seed: 400 + seed)
    let leak = TestLeak(.interleaving(2), slots: 1500, powerRatio: 9, &generator)
    let innocents = (0..<5000).map { _ in Message(high: generator.next(), low: generator.next()) }
    let right = FingerprintTracer(key: leak.key, threshold: 1e-3)
    #expect(right.trace(leak.evidence, candidates: innocents).isEmpty, "\(generator)")
    // Another title's key, although the copies are among the candidates.
    let wrong = FingerprintTracer(
      key: FingerprintKey(secret: Secret(generator.bytes(32))), threshold: 1e-3)
    #expect(
      wrong.trace(leak.evidence, candidates: innocents + leak.messages).isEmpty, "\(generator)")
  }

  @Test func manyOtherTrialsTakeAnAccusationBack() {
    var generator = SeededGenerator(seed: 500)
    let leak = TestLeak(.oneSource, slots: 100, powerRatio: 9, &generator)
    let tracer = FingerprintTracer(key: leak.key)
    #expect(tracer.trace(leak.evidence, candidates: leak.messages).count == 1)
    #expect(tracer.trace(leak.evidence, candidates: leak.messages, otherTrials: 1e30).isEmpty)
  }

  @Test func evidenceIsLimitedAndAddsUp() {
    var evidence = FingerprintEvidence(
      first: 10, ratios: [.infinity, -.infinity, .nan, 0, 3, 1e30])
    #expect(evidence.slots == 10..<16)
    #expect(evidence.ratios == [16, -16, 0, 0, 3, 16])
    evidence.add(-1, slot: 14)
    evidence.add(.nan, slot: 14)
    evidence.add(-.infinity, slot: 10)
    #expect(evidence.ratios == [0, -16, 0, 0, 2, 16])
    #expect(evidence.readCount == 3)
  }

  @Test func likelihoodRatiosHaveMeanOneForInnocents() {
    for ratio: Float in [-16, -2, 0.5, 16] {
      for step in [1, 77, 128, 255] {
        let bias = Double(step) / 256
        for decoder in FingerprintDecoder.bank(powerRatio: 3) where decoder != .symmetric {
          let key = FingerprintKey(secret: Secret([UInt8](repeating: 0, count: 32)))
          let biases = FingerprintBiases(key: key, slots: 0..<2000)
          guard let slot = biases.slots.first(where: { biases[$0] == bias }) else { continue }
          var evidence = FingerprintEvidence(slots: 0..<2000)
          evidence.add(ratio, slot: slot)
          let terms = ScoreTerms(decoder, evidence: evidence, biases: biases)
          #expect(terms.slots == [slot])
          let (one, zero) = (exponential(terms.ones[0]), exponential(terms.zeros[0]))
          #expect(abs(bias * one + (1 - bias) * zero - 1) < 1e-9, "\(decoder) \(ratio) \(step)")
          // Where the rarer bit is sent, or a mean, a 1 can speak for a 0.
          if [.likelihood(.oneSource), .likelihood(.interleaving(3))].contains(decoder) {
            #expect((ratio > 0) == (one > zero), "\(decoder) \(ratio) \(step)")
          }
        }
      }
    }
  }

  /// By its series: the tests load no mathematics library.
  private func exponential(_ x: Double) -> Double {
    var (sum, term) = (1.0, 1.0)
    for k in 1...60 {
      term *= x / 1024 / Double(k)
      sum += term
    }
    for _ in 0..<10 { sum *= sum }
    return sum
  }
}
