import MarkKeys
import Testing
import _TestSupport

@testable import AudioMark

/// The mark and its detector, without files and codecs.
@Suite struct MarkRoundTripTests {
  static let message = Message(high: 0x0123_4567_89ab_cdef, low: 0xfedc_ba98_7654_3210)
  static let rates = [8000, 11025, 16000, 22050, 32000, 44100, 48000, 88200, 96000, 192_000]

  /// Noise whose level and colour change a few times a second.
  private func noise(rate: Int, seconds: Int, channels: Int, seed: UInt64) -> [Float] {
    var generator = SeededGenerator(seed: seed)
    var state = [Float](repeating: 0, count: channels)
    var level: Float = 0.1
    var colour: Float = 0.5
    return (0..<rate * seconds * channels).map { index in
      if index % (rate * channels / 5) == 0 {
        level = .random(in: 0.03...0.2, using: &generator)
        colour = .random(in: 0...0.8, using: &generator)
      }
      let channel = index % channels
      let white = Float.random(in: -1...1, using: &generator)
      state[channel] = colour * state[channel] + (1 - colour) * white
      return level * state[channel]
    }
  }

  private func marked(
    _ host: [Float], rate: Int, channels: Int, key: MarkKey, plan: MarkPlan = .direct,
    messages: [MarkLayer: Message] = [.identity: message]
  ) -> [Float] {
    let schedule = SlotSchedule(key: key)
    let marker = SymbolMarker(schedule: schedule, sampleRate: rate, channelCount: channels)
    let bits = SymbolBits(schedule: schedule, plan: plan, messages: messages)
    var result = host
    var symbol = 0
    while true {
      let start = SymbolMarker.start(ofSymbol: symbol, sampleRate: rate) * channels
      let end = SymbolMarker.start(ofSymbol: symbol + 1, sampleRate: rate) * channels
      guard end <= host.count else { return result }
      var delta = [Float](repeating: 0, count: end - start)
      _ = marker.mark(
        symbol: symbol, bits: bits, host: Array(host[start..<end]),
        frames: (end - start) / channels, delta: &delta)
      for i in delta.indices { result[start + i] += delta[i] }
      symbol += 1
    }
  }

  private func detect(
    _ samples: ArraySlice<Float>, rate: Int, channels: Int, key: MarkKey,
    extent: SearchExtent = .narrow
  ) -> [MarkDetection] {
    let spectra = SpectrumMap(sampleRate: rate, channelCount: channels, capacity: 300 * 60)
    _ = spectra.append(Array(samples), frames: samples.count / channels)
    return ChunkDetector(key: key, threshold: 1e-6).detect(spectra, start: 0, extent: extent)
  }

  @Test(arguments: rates)
  func everySampleRate(_ rate: Int) throws {
    let host = noise(rate: rate, seconds: 16, channels: 1, seed: 11)
    let copy = marked(host, rate: rate, channels: 1, key: .numbered(1))
    // A piece from an odd sample on.
    let found = detect(copy[(rate + 137)...], rate: rate, channels: 1, key: .numbered(1))
    #expect(found.map(\.message) == [Self.message])
    #expect(try #require(found.first).bound < 1e-6)
    #expect(detect(copy[...], rate: rate, channels: 1, key: .numbered(2)).isEmpty)
    #expect(detect(host[...], rate: rate, channels: 1, key: .numbered(1)).isEmpty)
  }

  @Test(arguments: [1, 2, 3, 6, 8])
  func everyNumberOfChannels(_ channels: Int) {
    let rate = 22050
    let host = noise(rate: rate, seconds: 12, channels: channels, seed: 12)
    let copy = marked(host, rate: rate, channels: channels, key: .numbered(1))
    let found = detect(copy[...], rate: rate, channels: channels, key: .numbered(1))
    #expect(found.map(\.message) == [Self.message])
  }

  @Test func layersOfADeliveryAreReadSideBySide() {
    let rate = 22050
    let other = Message(high: 7, low: 9)
    let host = noise(rate: rate, seconds: 45, channels: 1, seed: 13)
    let copy = marked(
      host, rate: rate, channels: 1, key: .numbered(1), plan: .delivery,
      messages: [.identity: Self.message, .copyright: other])
    let found = detect(copy[...], rate: rate, channels: 1, key: .numbered(1))
    #expect(found.count == 2)
    #expect(found.first { $0.layer == .identity }?.message == Self.message)
    #expect(found.first { $0.layer == .copyright }?.message == other)
    #expect(found.allSatisfy { $0.plan == .delivery })
  }

  @Test func noBitChangesAnotherSymbol() {
    let rate = 44100
    let host = noise(rate: rate, seconds: 4, channels: 2, seed: 14)
    let a = marked(host, rate: rate, channels: 2, key: .numbered(1))
    let b = marked(
      host, rate: rate, channels: 2, key: .numbered(1),
      messages: [.identity: Message(high: 0, low: 1)])
    // Where both messages have the same bits, the samples are the same, whatever lies around.
    let schedule = SlotSchedule(key: .numbered(1))
    let x = SymbolBits(schedule: schedule, plan: .direct, messages: [.identity: Self.message])
    let y = SymbolBits(
      schedule: schedule, plan: .direct, messages: [.identity: Message(high: 0, low: 1)])
    var equal = 0
    for symbol in 0..<199 {
      let range = symbol * 882 * 2..<(symbol + 1) * 882 * 2
      let hasEqualBits = x.signs(symbol: symbol) == y.signs(symbol: symbol)
      #expect((a[range] == b[range]) == hasEqualBits, "symbol \(symbol)")
      if hasEqualBits { equal += 1 }
    }
    #expect(equal > 20)
  }

  @Test func silenceStaysSilent() {
    let host = [Float](repeating: 0, count: 44100)
    #expect(marked(host, rate: 44100, channels: 1, key: .numbered(1)) == host)
    #expect(detect(host[...], rate: 44100, channels: 1, key: .numbered(1)).isEmpty)
  }
}
