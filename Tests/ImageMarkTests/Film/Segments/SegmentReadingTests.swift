import MarkKeys
import Testing
import _TestSupport

@testable import ImageMark

/// Films put together from A/B segments are read, whichever way they are played.
@Suite struct SegmentReadingTests {
  private static let size = (width: 448, height: 336)
  private static let rate = 6.0
  private static let bits = [false, true, true, false, true, false, false, true]
  private static let film = MovingTexture(width: size.width, height: size.height, seed: 5)
  private static let a = marked(.a)
  private static let b = marked(.b)
  /// Each segment as the variant of its bit.
  private static let copy = a.indices.map { bits[segment($0)] ? b[$0] : a[$0] }

  private static func segment(_ frame: Int) -> Int {
    FilmMarker.segment(ofFrame: frame, framesPerSecond: rate)
  }

  private static func marked(_ variant: FilmVariant) -> [[UInt8]] {
    guard
      let marker = try? FilmMarker(
        key: .numbered(1), segmentsOf: "sea", variant: variant, width: size.width,
        height: size.height, framesPerSecond: rate)
    else { return [] }
    return (0..<8 * 12).map { number in
      var frame = film.frame(number)
      frame.withUnsafeMutableBufferPointer { marker.mark($0) }
      return frame
    }
  }

  private func read(
    _ frames: [[UInt8]], key: UInt8 = 1, rate: Double = rate, width: Int = size.width,
    titles: [SegmentTitle] = []
  ) -> (segments: SegmentReader, messages: [FilmReading]) {
    let segments = SegmentReader(key: .numbered(key), titles: titles)
    let detector = FilmDetector(
      key: .numbered(key), width: width, height: frames.isEmpty ? 1 : frames[0].count / width,
      framesPerSecond: rate, segments: segments)
    var messages: [FilmReading] = []
    for frame in frames {
      let found = detector.add { luma in
        for index in luma.indices { luma[index] = Float(frame[index]) }
      }
      if let found { messages.append(found) }
    }
    if let found = detector.finish() { messages.append(found) }
    return (segments, messages)
  }

  /// Whether what was read is what was written.
  private func check(_ segments: SegmentReader, reads numbers: [Int], _ name: String) {
    #expect(segments.detections.map(\.titleTag) == [FilmSegment.tag(of: "sea")], "\(name)")
    let clear = segments.readings.filter { abs($0.logRatio) > 3 }
    #expect(clear.map(\.number) == numbers, "\(name)")
    for reading in clear {
      #expect((reading.logRatio > 0) == Self.bits[reading.number], "\(name) \(reading)")
    }
  }

  @Test func allSegmentsAreRead() throws {
    let (segments, messages) = read(Self.copy)
    check(segments, reads: Array(0..<8), "whole")
    #expect(messages.isEmpty)
    #expect(segments.readings.first?.span == 0...2 && segments.readings.last?.span == 14...16)
    let detection = try #require(segments.detections.first)
    #expect(detection.logBound < -100 && detection.score > 0.9)
  }

  @Test func partsAreRead() {
    let frames = Self.copy
    let cases: [(String, [[UInt8]], Double, [Int])] = [
      ("two segments", Array(frames[36..<60]), 6, [3, 4]),
      ("begun within one", Array(frames[29..<75]), 6, [2, 3, 4, 5, 6]),
      ("cut out", Array(frames[0..<24] + frames[48..<96]), 6, [0, 1, 4, 5, 6, 7]),
      ("in another order", Array(frames[60..<96] + frames[12..<48]), 6, [5, 6, 7, 1, 2, 3]),
      ("backwards", frames.reversed(), 6, Array((0..<8).reversed())),
      ("upside down", frames.map { $0.reversed() }, 6, Array(0..<8)),
      ("a quarter faster", frames, 7.5, Array(0..<8)),
      ("a fifth slower", frames, 4.8, Array(0..<8)),
      (
        "every third left out", frames.indices.filter { $0 % 3 > 0 }.map { frames[$0] }, 4,
        Array(0..<8)
      ),
    ]
    for (name, part, rate, numbers) in cases {
      check(read(part, rate: rate).segments, reads: numbers, name)
    }
    let cropped = frames.map { frame in
      (40..<300).flatMap { y in frame[(y * 448 + 61)..<(y * 448 + 401)] }
    }
    check(read(cropped, width: 340).segments, reads: Array(0..<8), "cropped")
  }

  private static let sea = SegmentTitle(title: "sea", segmentCount: 3600)
  private static let sky = SegmentTitle(title: "sky", segmentCount: 3600)

  @Test func noOtherTitleIsFound() {
    // Another key, and no mark; the next test has another title.
    #expect(read(Array(Self.copy[..<36]), key: 2, titles: [Self.sea]).segments.detections.isEmpty)
    let plain = read((0..<36).map { Self.film.frame($0) }, titles: [Self.sea, Self.sky])
    #expect(plain.segments.detections.isEmpty && plain.segments.readings.isEmpty)
    #expect(read([], titles: [Self.sea]).segments.detections.isEmpty)
  }

  /// What can be read without them is read with them as well.
  @Test func titlesThatAreKnownChangeNothingThatCanBeRead() {
    check(read(Self.copy, titles: [Self.sea]).segments, reads: Array(0..<8), "known")
    check(read(Self.copy, titles: [Self.sky]).segments, reads: Array(0..<8), "others known")
  }

  /// Where two copies were laid over each other, segments in which they differ say nothing.
  @Test func mixturesSayNothing() {
    let mean = Self.a.indices.map { frame in
      Self.segment(frame) % 2 == 0
        ? Self.a[frame]
        : zip(Self.a[frame], Self.b[frame]).map { UInt8((Int($0) + Int($1)) / 2) }
    }
    let segments = read(mean).segments
    #expect(segments.readings.map(\.number) == Array(0..<8))
    for reading in segments.readings {
      if reading.number % 2 == 0 {
        #expect(reading.logRatio < -8, "\(reading)")
      } else {
        #expect(abs(reading.logRatio) < 2, "\(reading)")
      }
    }
  }

  @Test func nothingIsReadWhereNothingIs() throws {
    let other = read(Array(Self.copy[..<36]), key: 2)
    #expect(other.segments.detections.isEmpty && other.segments.readings.isEmpty)
    let plain = read((0..<36).map { Self.film.frame($0) })
    #expect(plain.segments.detections.isEmpty && plain.segments.readings.isEmpty)
    #expect(read([]).segments.detections.isEmpty)
    #expect(read([[1, 2], [3, 4]], width: 1).segments.detections.isEmpty)
  }

  /// Messages are no segments: their code words, checks and permutations differ.
  @Test func messagesAreNoSegments() throws {
    let message = ImageMessage.short(
      .init(bits: FilmSegment(title: "sea", number: 0, variant: .a).value))
    let marker = try FilmMarker(
      key: .numbered(1), message: message, width: Self.size.width, height: Self.size.height,
      framesPerSecond: Self.rate)
    let frames = (0..<24).map { number in
      var frame = Self.film.frame(number)
      frame.withUnsafeMutableBufferPointer { marker.mark($0) }
      return frame
    }
    let (segments, messages) = read(frames)
    #expect(segments.detections.isEmpty && segments.readings.isEmpty)
    #expect(messages.first.map { "\($0.reading.message)" } == "\(message)")
  }

  /// The rule by which films are cut.
  @Test func segmentsOfFrames() {
    func first(_ segment: Int, _ rate: Double) -> Int? {
      (0..<200_000).first { FilmMarker.segment(ofFrame: $0, framesPerSecond: rate) == segment }
    }
    #expect(first(1, 25) == 50 && first(1800, 25) == 90_000)
    #expect(first(1, 24000.0 / 1001) == 48 && first(500, 24000.0 / 1001) == 23_977)
    #expect(first(1, 30000.0 / 1001) == 60 && first(3, 0.5) == 3)
  }

  @Test func tagsAreOfTheHandle() {
    // The first five bytes of sha256sum's answer.
    #expect(FilmSegment.tag(of: "sea") == 0x4a_69f1_9c8c)
    #expect(FilmSegment.tag(of: "") == 0xe3_b0c4_4298)
  }
}
