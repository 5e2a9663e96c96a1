import Testing
import _TestSupport

@testable import AudioMark

/// Copies put together symbol by symbol are what marking with the mixed bits gives.
@Suite struct SpliceTests {
  static let rates = [8000, 11025, 16000, 22050, 32000, 44100, 48000, 88200, 96000, 192_000]

  /// For each slot, the signs of one of two messages, by chance.
  private func mixture(
    _ a: SymbolBits, _ b: SymbolBits, seed: UInt64
  ) -> (bits: SymbolBits, takesA: [Bool]) {
    var random = SeededGenerator(seed: seed)
    var signs: [Float] = []
    var takesA: [Bool] = []
    for slot in 0..<MarkGeometry.period {
      let isA = Bool.random(using: &random)
      let (first, second) = (isA ? a : b).signs(symbol: slot)
      signs += [first, second]
      takesA.append(isA)
    }
    return (SymbolBits(plan: a.plan, signs: signs), takesA)
  }

  private func expectSplice<Sample: Equatable>(
    _ mixed: [Sample], _ a: [Sample], _ b: [Sample], takesA: [Bool], rate: Int, channels: Int,
    _ note: String
  ) {
    var spliced = mixed
    var symbol = 0
    while case let range = Marking.samples(ofSymbol: symbol, rate: rate, channels: channels),
      range.upperBound <= mixed.count
    {
      spliced.replaceSubrange(range, with: (takesA[symbol] ? a : b)[range])
      symbol += 1
    }
    #expect(spliced == mixed, "\(note)")
    #expect(a != b, "\(note)")
  }

  @Test(arguments: rates, [1, 2])
  func everyRate(_ rate: Int, _ channels: Int) throws {
    try splice(rate: rate, channels: channels, integerBits: 16)
  }

  @Test(arguments: [1, 2, 3, 6, 8], [nil, 8, 16, 24, 32])
  func everyChannelCountAndWidth(_ channels: Int, _ integerBits: Int?) throws {
    try splice(rate: 22050, channels: channels, integerBits: integerBits)
  }

  /// Loud enough for the limit of full scale to work.
  private func splice(rate: Int, channels: Int, integerBits: Int?) throws {
    let note = "\(rate) Hz, \(channels) channels, \(integerBits ?? 0) bits"
    let host = Marking.sound(seconds: 1.3, rate: rate, channels: channels, peak: 0.999)
    let a = Marking.bits(Marking.message)
    let b = Marking.bits(Marking.other)
    let (mixed, takesA) = mixture(a, b, seed: UInt64(rate + channels))
    func mark(_ bits: SymbolBits) throws -> (samples: [Float], summary: MarkingStream.Summary) {
      try Marking.marked(host, bits, rate: rate, channels: channels, integerBits: integerBits)
    }
    let one = try mark(a)
    expectSplice(
      try mark(mixed).samples, one.samples, try mark(b).samples, takesA: takesA, rate: rate,
      channels: channels, note)
    #expect((one.summary.limited > 0) == (integerBits != nil), "\(note)")
    let wide = host.map(Double.init)
    func markWide(_ bits: SymbolBits) throws -> [Double] {
      try Marking.marked(
        wide, bits, rate: rate, channels: channels, integerBits: integerBits
      ).samples
    }
    expectSplice(
      try markWide(mixed), try markWide(a), try markWide(b), takesA: takesA, rate: rate,
      channels: channels, note + " in double precision")
  }

  /// A layer's slots come out alike whichever other layers are written in the same run.
  @Test func layersDoNotDependOnEachOther() throws {
    let host = Marking.sound(seconds: 3, rate: 44100, channels: 2)
    let schedule = Marking.schedule
    func mark(_ bits: SymbolBits) throws -> [Float] {
      try Marking.marked(host, bits, rate: 44100, channels: 2, integerBits: 16).samples
    }
    let codeword = [Int8](repeating: -1, count: 1000)
    let all = try mark(
      SymbolBits(
        schedule: schedule, plan: .delivery,
        messages: [.identity: Marking.message, .copyright: Marking.other], fingerprint: codeword))
    let parts: [MarkLayer: [Float]] = [
      .identity: try mark(Marking.bits(Marking.message, plan: .delivery)),
      .copyright: try mark(Marking.bits(Marking.other, plan: .delivery, layer: .copyright)),
      .fingerprint: try mark(
        SymbolBits(schedule: schedule, plan: .delivery, messages: [:], fingerprint: codeword)),
    ]
    for symbol in 0..<150 {
      let range = Marking.samples(ofSymbol: symbol, rate: 44100, channels: 2)
      for (layer, samples) in parts {
        let isOwn = schedule.layer[symbol] == layer
        #expect(samples[range] == (isOwn ? all : host)[range], "symbol \(symbol), \(layer)")
      }
    }
  }
}
