import MarkKeys
import Testing
import _TestSupport

@testable import ImageMark

/// Films name the copies of a list that they were made of, and nobody else.
@Suite struct FilmTraceTests {
  private static let size = (width: 448, height: 336)
  private static let film = MovingTexture(width: size.width, height: size.height, seed: 6)
  private static let list: [ImageMessage] = (1...300).map { serial in
    .full(Message(high: 0x0001_0002_0000_0000, low: UInt64(serial) << 32 | UInt64(serial)))
  }
  /// Two copies of 60 frames.
  private static let copies: [[[UInt8]]] = list.prefix(2).map { message in
    guard
      let marker = try? FilmMarker(
        key: .numbered(1), message: message, width: size.width, height: size.height,
        framesPerSecond: 25)
    else { preconditionFailure("44 dB") }
    return (0..<60).map { number in
      var frame = film.frame(number)
      frame.withUnsafeMutableBufferPointer { marker.mark($0) }
      return frame
    }
  }

  private func look(
    _ frames: [[UInt8]], _ list: [ImageMessage] = list, key: UInt8 = 1
  ) -> (read: [ImageMessage], named: Set<ImageMessage>) {
    let detector = FilmDetector(
      key: .numbered(key), candidates: list, width: Self.size.width, height: Self.size.height,
      framesPerSecond: 25)
    var read = frames.compactMap { frame in
      detector.add { luma in for index in luma.indices { luma[index] = Float(frame[index]) } }
    }
    if let last = detector.finish() { read.append(last) }
    let found = detector.accusations
    #expect(found.allSatisfy { $0.logBound <= -14.5 && $0.logRatio > 20 })
    #expect(found.map(\.logBound) == found.map(\.logBound).sorted())
    return (read.map(\.reading.message), Set(found.map(\.message)))
  }

  @Test func oneCopyIsNamedAndNobodyElse() {
    #expect(look(Self.copies[0]).named == [Self.list[0]])
    #expect(look(Self.copies[0], Array(Self.list[1...])).named.isEmpty)
    #expect(look(Self.copies[0], []).named.isEmpty)
    #expect(look(Self.copies[0], key: 2).named.isEmpty)
  }

  @Test func nobodyIsNamedForAnUnmarkedFilm() {
    #expect(look((0..<60).map { Self.film.frame($0) }).named.isEmpty)
    #expect(look([]).named.isEmpty)
  }

  @Test func averagesNameBoth() {
    let mean = zip(Self.copies[0], Self.copies[1]).map { one, other in
      zip(one, other).map { UInt8((Int($0) + Int($1) + 1) / 2) }
    }
    #expect(look(mean).named == Set(Self.list[..<2]))
  }

  /// Parts of several copies, one behind the other, name all of them.
  @Test func splicedCopiesAreNamed() {
    var spliced: [[UInt8]] = []
    for copy in Self.copies {
      for _ in 0..<2 { spliced += copy + copy.reversed() }
    }
    #expect(look(spliced).named == Set(Self.list[..<2]))
  }

  /// Of a mixture one copy can be read at most; the comparison names the weaker one, too.
  @Test func reachesFurtherThanReading() {
    let mixed = zip(Self.copies[0], Self.copies[1]).map { one, other in
      zip(one, other).map { pair in UInt8((2 * Int(pair.0) + Int(pair.1) + 1) / 3) }
    }
    let (read, named) = look(mixed)
    #expect(!read.contains(Self.list[1]))
    #expect(named == Set(Self.list[..<2]))
  }

  /// Of made-up messages no more reach a bound than it says, with a margin for chance.
  @Test func theBoundForInnocentsIsOne() {
    let detector = FilmDetector(
      key: .numbered(1), threshold: 0, width: Self.size.width, height: Self.size.height,
      framesPerSecond: 25)
    for frame in Self.copies[0] {
      _ = detector.add { luma in for index in luma.indices { luma[index] = Float(frame[index]) } }
    }
    let bounds = detector.innocentBounds(Array(Self.list[1...]))
    #expect(bounds.count == 299)
    #expect(bounds.count { $0 < -3 } <= 25)
  }
}
