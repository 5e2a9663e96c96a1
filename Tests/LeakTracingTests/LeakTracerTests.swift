import AudioMark
import LeakTracing
import Ledger
import MarkKeys
import Testing

@Suite struct LeakTracerTests {
  private static let copies = [1234, 4321, 77].map { (serial: $0, samples: MarkedCopies.copy($0)) }
  private static let tracer = LeakTracer(schedule: MarkedCopies.schedule, threshold: 1e-6)

  private func named(
    _ readings: [MarkReading], among messages: [Message], knowsLength: Bool = true
  ) throws -> [Message] {
    try Self.tracer.trace(
      readings, titles: [MarkedCopies.title(messages, knowsLength: knowsLength)]
    ).accusations.map(\.message)
  }

  @Test(arguments: [(0.0, 46.0), (7.3, 12.3), (30.1, 36.1), (17.0, 27.0)])
  func aStretchNamesItsCopyAndNobodyElse(_ start: Double, _ end: Double) throws {
    let readings = MarkedCopies.readings(Self.copies[0].samples, seconds: start..<end)
    for knowsLength in [true, false] {
      let found = try named(
        readings, among: MarkedCopies.messages(5000), knowsLength: knowsLength)
      #expect(found == [MarkedCopies.message(1234)])
    }
  }

  @Test func theMeanAndPiecesOfTwoCopiesNameBoth() throws {
    let (a, b) = (Self.copies[0], Self.copies[1])
    let mean = zip(a.samples, b.samples).map { ($0 + $1) / 2 }
    let pieces = a.samples.indices.map { ($0 / 17_642) % 2 == 0 ? a.samples[$0] : b.samples[$0] }
    let expected = Set([a.serial, b.serial].map(MarkedCopies.message))
    for leak in [mean, pieces] {
      let found = try named(MarkedCopies.readings(leak), among: MarkedCopies.messages(5000))
      #expect(Set(found) == expected)
    }
  }

  /// What was not delivered cannot be named, however many others were.
  @Test func withoutTheCopyNobodyIsNamed() throws {
    let readings = MarkedCopies.readings(Self.copies[2].samples)
    let others = (1...8000).filter { $0 != 77 }.map(MarkedCopies.message)
    #expect(try named(readings, among: others) == [])
    #expect(try named(readings, among: []) == [])
    let other = try MarkedCopies.title(MarkedCopies.messages(5000), content: "t2")
    #expect(Self.tracer.trace(readings, titles: [other]).accusations.isEmpty)
  }

  @Test func unmarkedSoundAndOtherKeysNameNobody() throws {
    let messages = MarkedCopies.messages(5000)
    #expect(try named(MarkedCopies.readings(MarkedCopies.music), among: messages) == [])
    let other = MarkKey(name: "other", secret: Secret(Array(50..<82)))
    let readings = MarkedCopies.readings(Self.copies[0].samples, key: other)
    #expect(try named(readings, among: messages) == [])
    let silence = [Float](repeating: 0, count: 44100 * 2 * 8)
    #expect(try named(MarkedCopies.readings(silence), among: messages) == [])
    #expect(try named([], among: messages) == [])
  }

  /// With several titles the right one is named, and each further one makes the bound larger.
  @Test func theTitleIsFound() throws {
    let readings = MarkedCopies.readings(Self.copies[1].samples, seconds: 10..<22)
    let messages = MarkedCopies.messages(5000)
    let alone = Self.tracer.trace(readings, titles: [try MarkedCopies.title(messages)])
    let several = Self.tracer.trace(
      readings,
      titles: try ["a", "b", "t1", "c"].map { try MarkedCopies.title(messages, content: $0) })
    let first = try #require(alone.accusations.first)
    let second = try #require(several.accusations.first)
    #expect("\(second.content)" == "t1" && second.message == first.message)
    #expect(second.logarithmOfBound > first.logarithmOfBound)
    #expect(several.accusations.count == 1)
    let other = try #require(alone.runnerUp)
    #expect(other.message != first.message && other.logarithmOfRatio < first.logarithmOfRatio)
  }

  /// A recording that is longer than a stretch of the search is read as one.
  @Test func stretchesAreJoined() throws {
    var long = [Float](repeating: 0, count: 2 * 44100 * 160)
    long += Self.copies[0].samples
    let readings = MarkedCopies.readings(long)
    let longest = try #require(readings.max { $0.ratios.count < $1.ratios.count })
    #expect(
      abs(longest.start - 160) < 2 && abs(longest.end - 206) < 2,
      "\(readings.map { ("\($0.start) \($0.end) \($0.z) \($0.rank)") })")
    #expect(try named(readings, among: MarkedCopies.messages(5000)) == [MarkedCopies.message(1234)])
  }
}
