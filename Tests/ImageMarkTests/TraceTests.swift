import MarkCode
import MarkKeys
import Testing
import _TestSupport

@testable import ImageMark

/// Copies are named out of a list, and innocents are not.
@Suite struct TraceTests {
  static let host = TestPicture.textured(width: 420, height: 400, seed: 9)
  static let list: [ImageMessage] = (1...400).map { serial in
    .full(Message(high: 0x0001_0002_0000_0000, low: UInt64(serial) << 32 | UInt64(serial)))
  }
  static let copies = list.prefix(3).map { message in
    guard let marker = try? ImageMarker(key: .numbered(1), message: message) else {
      preconditionFailure("42 dB")
    }
    return TestPicture.marked(host, marker)
  }

  private func trace(_ picture: LumaPlane, _ list: [ImageMessage] = list) -> Set<ImageMessage> {
    let found = ImageDetector(key: .numbered(1)).trace(picture, candidates: list)
    #expect(found.allSatisfy { $0.logBound <= -13.8 && $0.logRatio > 20 })
    #expect(found.map(\.logBound) == found.map(\.logBound).sorted())
    return Set(found.map(\.message))
  }

  @Test func oneCopyIsNamedAndNobodyElse() {
    #expect(trace(Self.copies[0]) == [Self.list[0]])
    #expect(trace(Self.copies[0], Array(Self.list[1...])).isEmpty)
    #expect(trace(Self.copies[0], []).isEmpty)
  }

  @Test func nobodyIsNamedForAnUnmarkedPicture() {
    #expect(trace(Self.host).isEmpty)
  }

  @Test(arguments: [2, 3]) func averagesNameAllWhoMixedThem(_ count: Int) {
    var mean = Self.copies[0]
    for i in mean.samples.indices {
      mean.samples[i] = Self.copies[..<count].reduce(0) { $0 + $1.samples[i] } / Float(count)
    }
    #expect(trace(TestPicture.rounded(mean)) == Set(Self.list[..<count]))
  }

  @Test func reachesFurtherThanReading() {
    // A small part, and noise on it.
    var random = SeededGenerator(seed: 4)
    var part = TestPicture.crop(Self.copies[1], x: 31, y: 17, width: 250, height: 230)
    for i in part.samples.indices { part.samples[i] += .random(in: -21...21, using: &random) }
    part = TestPicture.rounded(part)
    #expect(ImageDetector(key: .numbered(1)).detect(part) == nil)
    #expect(trace(part) == [Self.list[1]], "\(random)")
  }

  /// Of made-up messages no more reach a bound than it says, with a margin for chance.
  @Test func theBoundForInnocentsIsOne() {
    let detector = ImageDetector(key: .numbered(1))
    let bounds = detector.innocentBounds(Self.copies[0], messages: Array(Self.list[1...]))
    #expect(bounds.count == 399)
    #expect(bounds.filter { $0 < -3 }.count <= 30)
  }

  /// For messages of which every bit counts once the bound can be checked against all of them.
  @Test(arguments: [UInt64(1), 2, 3]) func theBoundIsAboveWhatRandomBitsReach(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let code = MessageCode(outputs: 12, messageBits: 64)
    let soft = (0..<code.codedBits).map { _ in Float.random(in: -1...1, using: &random) }
    let bound = CodewordBound(soft: soft, code: code)
    var signs = [Int8](repeating: 0, count: code.codedBits)
    var reached = [0, 0, 0]
    for _ in 0..<2000 {
      let information = Information(short: random.next(), check: UInt32(random.next() & 0xFF_FFFF))
      signs.withUnsafeMutableBufferPointer { code.encode(information, into: $0) }
      var sum = 0.0
      for i in soft.indices { sum += Double(soft[i]) * Double(signs[i]) }
      for (place, limit) in [-0.1, -2, -5].enumerated()
      where bound.logarithm(correlation: sum) < limit {
        reached[place] += 1
      }
    }
    #expect(reached[0] <= 1900 && reached[1] <= 300 && reached[2] <= 20, "\(random) \(reached)")
  }
}
