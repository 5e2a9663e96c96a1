import Testing
import _TestSupport

@testable import AudioMark

/// What marking does to samples, and what it leaves alone.
@Suite struct MarkingStreamTests {
  private func mark(
    _ host: [Float], _ bits: SymbolBits = Marking.bits(Marking.message), integerBits: Int? = 16
  ) throws -> (samples: [Float], summary: MarkingStream.Summary) {
    try Marking.marked(host, bits, rate: 44100, channels: 2, integerBits: integerBits)
  }

  @Test func theSummaryCounts() throws {
    var host = Marking.sound(seconds: 2.01, rate: 44100, channels: 2)
    for index in 0..<882 * 2 * 10 { host[index] = 0 }
    let (samples, summary) = try mark(host)
    #expect(summary.symbols == 100)
    // The first 10, and 5 in each of two tenths of a second.
    #expect(summary.silent == 20)
    #expect(summary.marked == 80 && summary.unused == 0)
    let ratio = try #require(summary.signalToMark)
    #expect((10...40).contains(ratio), "\(ratio)")
    // By hand, over all samples.
    var energy = (host: 0.0, mark: 0.0)
    for (before, after) in zip(host, samples) {
      energy.host += Double(before * before)
      energy.mark += Double((after - before) * (after - before))
    }
    #expect(abs(summary.hostEnergy / energy.host - 1) < 0.02)
    #expect(abs(summary.markEnergy / energy.mark - 1) < 0.001)
  }

  @Test func silenceStaysSilence() throws {
    let host = Marking.sound(seconds: 3, rate: 44100, channels: 2)
    let (samples, _) = try mark(host)
    #expect(samples != host)
    // The last tenth of every second.
    for second in 0..<3 {
      let silence = 88200 * second + 79380..<88200 * (second + 1)
      #expect(host[silence].allSatisfy { $0 == 0 })
      #expect(samples[silence].allSatisfy { $0 == 0 })
    }
    let zeros = [Float](repeating: -0.0, count: 88200)
    let (silent, summary) = try mark(zeros)
    #expect(summary.marked == 0 && summary.silent == 50 && summary.signalToMark == nil)
    #expect(silent.allSatisfy { $0 == 0 && $0.sign == .minus })
  }

  @Test func aRestOfASymbolIsKept() throws {
    let host = Marking.sound(seconds: 0.5, rate: 44100, channels: 2) + [0.1, 0.2, 0.3, 0.4]
    let (samples, summary) = try mark(host)
    #expect(summary.symbols == 25)
    #expect(samples.suffix(4) == host.suffix(4))
    #expect(samples.prefix(10000) != host.prefix(10000))
  }

  @Test func nothingLeavesFullScale() throws {
    let host = Marking.sound(seconds: 2, rate: 44100, channels: 2, peak: 0.99996)
    let (samples, summary) = try mark(host)
    #expect(summary.limited > 10)
    #expect(samples.allSatisfy { $0 >= -1 && $0 <= 32767.0 / 32768 })
    // Floating point has no limit.
    let (free, freeSummary) = try mark(host, integerBits: nil)
    #expect(freeSummary.limited == 0 && free.contains { abs($0) > 1 })
  }

  @Test func samplesOf32BitsAreKeptWhereNothingIsWritten() throws {
    var random = SeededGenerator(seed: 3)
    let host = (0..<88200).map { _ in Double(Int32.random(in: -5...5, using: &random)) * 0x1p-31 }
    let (same, summary) = try Marking.marked(
      host, Marking.bits(Marking.message), rate: 44100, channels: 2, integerBits: 32)
    #expect(summary.silent == 50)
    #expect(same == host)
    // And between marked symbols, those of the other layers.
    let loud = (0..<88200).map { _ in
      Double(Int32.random(in: -1 << 30...1 << 30, using: &random)) * 0x1p-31
    }
    let (samples, counts) = try Marking.marked(
      loud, Marking.bits(Marking.message, plan: .delivery), rate: 44100, channels: 2,
      integerBits: 32)
    #expect(counts.unused > 25 && counts.marked > 10)
    for symbol in 0..<50 {
      let range = Marking.samples(ofSymbol: symbol, rate: 44100, channels: 2)
      let isWritten = Marking.schedule.layer[symbol] == .identity
      #expect((samples[range] == loud[range]) != isWritten, "symbol \(symbol)")
    }
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity, 1e20])
  func whatIsNoSampleIsRefused(_ value: Float) throws {
    for place in [0, 5000, 44099 * 2 + 1] {
      var host = Marking.sound(seconds: 1, rate: 44100, channels: 2)
      host[place] = value
      let error = #expect(throws: MarkingError.self) { try mark(host, integerBits: nil) }
      #expect(error?.description.contains("in channel \(place % 2 + 1), which is no") == true)
      let wide = host.map(Double.init)
      #expect(throws: MarkingError.self) {
        try Marking.marked(
          wide, Marking.bits(Marking.message), rate: 44100, channels: 2, integerBits: nil)
      }
    }
    // Far beyond full scale is still sound.
    let host = Marking.sound(seconds: 1, rate: 44100, channels: 2, peak: 30000)
    #expect(try mark(host, integerBits: nil).summary.marked == 45)
  }

  @Test(arguments: [1, 440, 881])
  func lessThanASymbolIsRefused(_ frames: Int) {
    #expect(throws: MarkingError.tooShort(frames: frames, least: 882, sampleRate: 44100)) {
      try mark([Float](repeating: 0.5, count: 2 * frames))
    }
  }

  /// The codeword is counted from the beginning of the recording, over all periods.
  @Test func fingerprintBitsAreCountedFromTheBeginning() {
    let schedule = Marking.schedule
    var random = SeededGenerator(seed: 4)
    let codeword = (0..<700).map { _ in Int8(Bool.random(using: &random) ? 1 : -1) }
    let bits = SymbolBits(
      schedule: schedule, plan: .delivery, messages: [.identity: Marking.message],
      fingerprint: codeword)
    let without = Marking.bits(Marking.message, plan: .delivery)
    var number = 0
    for symbol in 0..<3 * MarkGeometry.period {
      let slot = symbol % MarkGeometry.period
      guard schedule.layer[slot] == .fingerprint else {
        #expect(bits.signs(symbol: symbol) == without.signs(symbol: symbol))
        continue
      }
      let sign = number < codeword.count ? Float(codeword[number]) : 0
      let expected = (sign * schedule.whitening[2 * slot], sign * schedule.whitening[2 * slot + 1])
      #expect(bits.signs(symbol: symbol) == expected, "symbol \(symbol)")
      #expect(without.signs(symbol: symbol) == (0, 0))
      number += 1
    }
    #expect(number == 960)
  }
}
