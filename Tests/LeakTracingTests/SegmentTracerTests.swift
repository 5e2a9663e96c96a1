import AudioMark
import FingerprintCode
import LeakTracing
import Ledger
import MarkCode
import MarkKeys
import Testing
import _TestSupport

/// Copies of a film are named by the variants of its segments.
@Suite struct SegmentTracerTests {
  private typealias Reading = (segment: Int, logRatio: Double)
  private static let key = MarkedCopies.key
  private static let tracer = SegmentTracer(threshold: 1e-6)

  private func title(_ messages: [Message]) throws -> TracedTitle {
    TracedTitle(content: try Handle("t1"), key: Self.key, symbolCount: nil, messages: messages)
  }

  /// What is read of segments that were taken from copies in turn, some wrong and some not read.
  private func readings(
    _ segments: Range<Int>, of serials: [Int], size: Double = 6, seed: UInt64, faults: Bool = false
  ) throws -> [Reading] {
    var random = SeededGenerator(seed: seed)
    let code = try #require(MarkPlan.delivery.code(of: .identity))
    let key = FingerprintKey(key: Self.key, title: "t1")
    let biases = FingerprintBiases(
      key: key, slots: 0..<FilmSlots.fingerprintCount(segments: segments.upperBound))
    let copies = serials.map(MarkedCopies.message).map {
      (
        SymbolBits.encode($0, code),
        FingerprintCodeword(key: key, message: $0, biases: biases)
      )
    }
    return segments.compactMap { segment in
      let copy = copies[Int(random.next() % UInt64(copies.count))]
      var bit =
        FilmSlots.isIdentity(segment)
        ? copy.0[FilmSlots.identityNumber(of: segment) % code.codedBits] < 0
        : copy.1[FilmSlots.fingerprintNumber(of: segment)]
      if faults {
        if random.next() % 100 < 30 { return nil }
        if random.next() % 100 < 5 { bit.toggle() }
      }
      return (segment, bit ? size : -size)
    }
  }

  private func named(_ readings: [Reading], among messages: [Message]) throws -> Set<Message> {
    Set(try Self.tracer.trace(readings, title: title(messages)).accusations.map(\.message))
  }

  private func expect(_ serials: [Int]) -> Set<Message> { Set(serials.map(MarkedCopies.message)) }

  @Test(arguments: [(0, 1), (700, 2), (3001, 3)])
  func minutesNameOneCopy(_ first: Int, _ seed: UInt64) throws {
    let messages = MarkedCopies.messages(5000)
    let clean = try readings(first..<first + 90, of: [1234], seed: seed)
    #expect(try named(clean, among: messages) == expect([1234]))
    let faulty = try readings(
      first..<first + 240, of: [1234], size: 2.9, seed: seed, faults: true)
    #expect(try named(faulty, among: messages) == expect([1234]))
    // The order of what was read is that of the leak.
    #expect(try named(faulty.reversed(), among: messages) == expect([1234]))
  }

  @Test func mixturesNameTheirCopies() throws {
    let messages = MarkedCopies.messages(5000)
    let two = try readings(0..<1200, of: [77, 4321], size: 2.9, seed: 5, faults: true)
    #expect(try named(two, among: messages) == expect([77, 4321]))
    let three = try readings(0..<3000, of: [77, 4321, 9], size: 2.9, seed: 6, faults: true)
    #expect(try named(three, among: messages) == expect([77, 4321, 9]))
  }

  @Test func nobodyInnocentIsNamed() throws {
    let messages = MarkedCopies.messages(5000)
    let others = messages.filter { $0 != MarkedCopies.message(1234) }
    let leak = try readings(0..<900, of: [1234], seed: 8)
    #expect(try named(leak, among: others) == [])
    #expect(try named(leak, among: []) == [])
    #expect(try named([], among: messages) == [])
    var random = SeededGenerator(seed: 11)
    let noise = (0..<900).map { (segment: $0, logRatio: random.next() % 2 == 0 ? 6.0 : -6) }
    #expect(try named(noise, among: messages) == [])
    // Another title's codewords are others.
    let other = TracedTitle(
      content: try Handle("t2"), key: Self.key, symbolCount: nil, messages: messages)
    #expect(
      Self.tracer.trace(Array(leak.filter { !FilmSlots.isIdentity($0.segment) }), title: other)
        .accusations.isEmpty)
  }

  /// More trials need more evidence; the bound is what is told.
  @Test func trialsCount() throws {
    let messages = MarkedCopies.messages(2000)
    let leak = try readings(0..<90, of: [5], seed: 3)
    let one = Self.tracer.trace(leak, title: try title(messages))
    let ten = Self.tracer.trace(leak, title: try title(messages), otherTrials: 10)
    let (first, second) = (try #require(one.accusations.first), try #require(ten.accusations.first))
    #expect(abs(second.logarithmOfBound - first.logarithmOfBound - 2.302_585) < 1e-3)
    #expect(first.identityRank == 0 && first.logarithmOfRatio > 20)
    let other = try #require(one.runnerUp)
    #expect(other.message != first.message && other.logarithmOfRatio < first.logarithmOfRatio)
  }

  /// Contradicting, unlimited and nonsensical evidence.
  @Test func oddReadings() throws {
    let messages = MarkedCopies.messages(2000)
    let leak = try readings(0..<120, of: [5], seed: 3)
    let twice = leak + leak.map { ($0.segment, -$0.logRatio) }
    #expect(try named(twice, among: messages) == [])
    let odd: [Reading] = [(-1, 5), (Int.max, 5), (1, .nan), (8_388_607, .infinity), (2, 0)]
    #expect(try named(odd, among: messages) == [])
    #expect(try named(leak + odd, among: messages) == expect([5]))
    let large = leak.map { (segment: $0.segment, logRatio: $0.logRatio * 1e9) }
    let accusation = try #require(
      try Self.tracer.trace(large, title: title(messages)).accusations.first)
    #expect(accusation.evidence.ratios.allSatisfy { abs($0) <= Float(SegmentTracer.limit) })
  }
}
