import MarkKeys
import Testing
import _TestSupport

@testable import ImageMark

/// Films are marked and read, frame by frame.
@Suite struct FilmMarkTests {
  private static let size = (width: 448, height: 336)
  private static let rate = 25.0
  private let film = MovingTexture(width: size.width, height: size.height, seed: 5)
  private let message = ImageMessage.full(
    Message(high: 0x0001_0002_0003_0000, low: 0x0000_0004_0000_0005))

  private func marker(_ message: ImageMessage, key: UInt8 = 1) throws -> FilmMarker {
    try FilmMarker(
      key: .numbered(key), message: message, width: Self.size.width, height: Self.size.height,
      framesPerSecond: Self.rate)
  }

  private func marked(
    _ message: ImageMessage, frames: Range<Int>, key: UInt8 = 1
  ) throws -> [[UInt8]] {
    let marker = try marker(message, key: key)
    return frames.map { number in
      var frame = film.frame(number)
      frame.withUnsafeMutableBufferPointer { marker.mark($0) }
      return frame
    }
  }

  private func load(_ frame: [UInt8], into luma: UnsafeMutableBufferPointer<Float>) {
    for index in luma.indices { luma[index] = Float(frame[index]) }
  }

  private func readings(
    _ frames: [[UInt8]], key: UInt8 = 1, rate: Double = rate, width: Int = size.width
  ) -> [FilmReading] {
    let detector = FilmDetector(
      key: .numbered(key), width: width, height: frames.isEmpty ? 1 : frames[0].count / width,
      framesPerSecond: rate)
    var found: [FilmReading] = []
    for frame in frames {
      if let reading = detector.add({ luma in load(frame, into: luma) }) { found.append(reading) }
    }
    if let last = detector.finish() { found.append(last) }
    return found
  }

  @Test func isRead() throws {
    let frames = try marked(message, frames: 0..<110)
    let found = readings(frames)
    #expect(found.map { "\($0.reading.message)" } == ["\(message)", "\(message)", "\(message)"])
    #expect(found.map(\.start) == [0, 2, 4] && found.last?.end == 4.4)
    for (number, frame) in frames.enumerated() {
      let host = film.frame(number)
      let error = zip(frame, host).reduce(0.0) { sum, pair in
        let difference = Double(pair.0) - Double(pair.1)
        return sum + difference * difference
      }
      // 44 dB are a mean square of 2.59.
      let mean = error / Double(host.count)
      #expect(mean > 2.2 && mean < 2.75, "frame \(number): \(mean)")
    }
  }

  /// Any second, backwards, with frames left out, at another rate, turned over.
  @Test func isReadFromParts() throws {
    let frames = try marked(message, frames: 0..<110)
    let cases: [(String, [[UInt8]], Double)] = [
      ("a second", Array(frames[31..<56]), 25),
      ("two seconds across three places", Array(frames[40..<105]), 25),
      ("backwards", frames.reversed(), 25),
      ("every third left out", frames.indices.filter { $0 % 3 > 0 }.map { frames[$0] }, 25),
      ("faster", frames, 30),
      ("upside down", frames.map { $0.reversed() }, 25),
    ]
    for (name, part, rate) in cases {
      let found = readings(part, rate: rate)
      #expect(
        !found.isEmpty && found.allSatisfy { "\($0.reading.message)" == "\(message)" }, "\(name)")
    }
    let cropped = frames[..<50].map { frame in
      (40..<300).flatMap { y in frame[(y * 448 + 61)..<(y * 448 + 401)] }
    }
    #expect(readings(cropped, width: 340).first.map { "\($0.reading.message)" } == "\(message)")
  }

  @Test func shortMessages() throws {
    let short = ImageMessage.short(ShortMessage(bits: 0x0123_4567_89ab_cdef))
    let found = readings(try marked(short, frames: 0..<50))
    #expect(found.map { "\($0.reading.message)" } == ["\(short)"])
  }

  @Test func moreBits() throws {
    let marker = try marker(message)
    let detector = FilmDetector(
      key: .numbered(1), width: Self.size.width, height: Self.size.height,
      framesPerSecond: Self.rate)
    for number in 0..<40 {
      var frame = film.frame(number).map { UInt16($0) << 2 }
      frame.withUnsafeMutableBufferPointer { marker.mark($0, depth: 10) }
      let mark = zip(frame, film.frame(number)).map { Int($0.0) - Int($0.1) << 2 }
      #expect(mark.contains { $0 % 4 != 0 }, "finer than 8 bits")
      #expect(frame.allSatisfy { $0 < 1024 })
      _ = detector.add { luma in
        for index in luma.indices { luma[index] = Float(frame[index]) / 4 }
      }
    }
    #expect(detector.finish().map { "\($0.reading.message)" } == "\(message)")
  }

  @Test func nothingIsReadWhereNothingIs() throws {
    #expect(try marker(message).reachedPSNR == nil)
    #expect(readings((0..<60).map { film.frame($0) }).isEmpty)
    let frames = try marked(message, frames: 0..<60)
    #expect(readings(frames, key: 2).isEmpty)
    #expect(readings([[UInt8](repeating: 128, count: 448 * 336)]).isEmpty)
    #expect(readings([]).isEmpty)
    #expect(readings([[1, 2], [3, 4]], width: 1).isEmpty)
  }

  /// The tile's place changes within a film and from film to film, but not from copy to copy.
  @Test func places() throws {
    let origins = FilmOrigins(key: .numbered(1))
    let places = Set((0..<64).map { "\(origins.origin(stretch: $0, film: 7))" })
    #expect(places.count > 12)
    let other = Set((0..<64).map { "\(origins.origin(stretch: $0, film: 8))" })
    #expect(places.isDisjoint(with: other))
    let one = try marked(message, frames: 0..<3)
    let two = try marked(message, frames: 0..<3)
    #expect(one == two)
  }

  /// Sizes that divide by nothing, down to the least.
  @Test(arguments: [(16, 16), (17, 16), (16, 211), (451, 19), (1283, 801)])
  func oddSizes(_ width: Int, _ height: Int) throws {
    let marker = try FilmMarker(
      key: .numbered(1), message: message, width: width, height: height, framesPerSecond: 25)
    let detector = FilmDetector(
      key: .numbered(1), width: width, height: height, framesPerSecond: 25)
    for number in 0..<3 {
      // A border of its own around the frame must stay as it is.
      var memory = [UInt8](repeating: 77, count: width * height + 128)
      for index in 0..<width * height {
        memory[64 + index] = UInt8((index % width * 7 + index / width * 13 + number) % 200)
      }
      memory.withUnsafeMutableBufferPointer { bytes in
        marker.mark(UnsafeMutableBufferPointer(rebasing: bytes[64..<64 + width * height]))
      }
      #expect(memory[..<64].allSatisfy { $0 == 77 } && memory.suffix(64).allSatisfy { $0 == 77 })
      let frame = Array(memory[64..<64 + width * height])
      _ = detector.add { load(frame, into: $0) }
    }
    #expect(try #require(marker.reachedPSNR) > 40)
    _ = detector.finish()
  }

  @Test(arguments: [(1, 1), (15, 600), (600, 15)])
  func smallFramesAreRefused(_ width: Int, _ height: Int) {
    #expect(throws: ImageMarkError.smallFrames(width: width, height: height)) {
      try FilmMarker(
        key: .numbered(1), message: message, width: width, height: height, framesPerSecond: 25)
    }
  }

  @Test func strengthIsChecked() {
    #expect(throws: ImageMarkError.psnr(20)) {
      try FilmMarker(
        key: .numbered(1), message: message, psnr: 20, width: 64, height: 64, framesPerSecond: 25)
    }
  }
}
