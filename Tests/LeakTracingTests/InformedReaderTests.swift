import AudioMark
import LeakTracing
import MarkKeys
import Testing
import _TestSupport

/// Readings beside the recording itself.
@Suite struct InformedReaderTests {
  private static let tracer = LeakTracer(schedule: MarkedCopies.schedule, threshold: 1e-6)

  /// A stretch of a recording under noise.
  private func stretch(
    _ samples: [Float], from start: Double, seconds: Double, noise: Float = 0.02, seed: UInt64 = 3
  ) -> [Float] {
    var generator = SeededGenerator(seed: seed)
    let first = 2 * Int(start * 44100)
    return samples[first..<first + 2 * Int(seconds * 44100)].map {
      $0 + Float.random(in: -noise...noise, using: &generator)
    }
  }

  private func search(_ samples: [Float]) -> ReadingSearch {
    let search = ReadingSearch(
      key: MarkedCopies.key, threshold: 1e-6, extent: .narrow, sampleRate: MarkedCopies.rate,
      channelCount: 2)
    samples.withUnsafeBufferPointer { search.append($0) }
    search.finish()
    return search
  }

  private func named(_ samples: [Float], among messages: [Message]) throws -> [Message] {
    let reader = try #require(InformedReader(search(samples)))
    return try Self.tracer.trace(
      reader.readings(beside: MarkedCopies.host), titles: [MarkedCopies.title(messages)]
    ).accusations.map(\.message)
  }

  @Test(arguments: [3.123, 20.0071, 39.5]) func aStretchNamesItsCopy(_ start: Double) throws {
    let leak = stretch(MarkedCopies.copy(1234), from: start, seconds: 4)
    #expect(
      try named(leak, among: MarkedCopies.messages(5000)) == [MarkedCopies.message(1234)])
    #expect(
      try named(leak, among: (1...8000).filter { $0 != 1234 }.map(MarkedCopies.message)) == [])
  }

  @Test func thePlaceIsKnown() throws {
    let start = 20.0071
    let leak = stretch(MarkedCopies.copy(1234), from: start, seconds: 4)
    let readings = try #require(InformedReader(search(leak))).readings(beside: MarkedCopies.host)
    let symbol = try #require(readings.first?.titleSymbol)
    #expect(readings.count == 1 && symbol == Int((start * 50).rounded(.up)))
    #expect(abs((readings.first?.start ?? 1) - (Double(symbol) / 50 - start)) < 0.002)
  }

  /// A copy may begin before the title and end behind it.
  @Test func theEndsCountToo() throws {
    let silence = [Float](repeating: 0, count: 2 * 44100)
    let copy = MarkedCopies.copy(77)
    let last = Double(copy.count / 2) / 44100
    for leak in [
      silence + stretch(copy, from: 0, seconds: 5),
      stretch(copy, from: last - 5, seconds: 5) + silence,
    ] {
      #expect(try named(leak, among: MarkedCopies.messages(5000)) == [MarkedCopies.message(77)])
    }
  }

  @Test func whatIsNoCopyNamesNobody() throws {
    let messages = MarkedCopies.messages(5000)
    #expect(try named(stretch(MarkedCopies.music, from: 9, seconds: 6), among: messages) == [])
    let other = SyntheticMusic(seconds: 10, seed: 99).samples
    #expect(try named(stretch(other, from: 1, seconds: 6), among: messages) == [])
    #expect(try named([Float](repeating: 0, count: 44100 * 8), among: messages) == [])
    let reader = try #require(InformedReader(search(stretch(other, from: 1, seconds: 6))))
    #expect(try reader.readings(beside: MarkedCopies.host).isEmpty)
  }

  @Test func whatIsTooShortOrTooLongIsNotRead() {
    #expect(InformedReader(search([Float](repeating: 0.1, count: 44100))) == nil)
    let long = [Float](repeating: 0.1, count: 2 * 44100 * (InformedReader.mostSeconds + 1))
    #expect(InformedReader(search(long)) == nil)
  }
}
