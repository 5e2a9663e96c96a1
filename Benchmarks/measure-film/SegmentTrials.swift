import CommandLineSupport
import ImageMark
import MarkKeys
import VideoStreams

/// Puts films together from A/B segments, and reads them.
struct SegmentTrials {
  let key: MarkKey

  /// The digits of a file, true for 1.
  ///
  /// - Throws: what reading the file throws, or `MeasureFilm.Usage` where there are none.
  static func bits(_ path: String) throws -> [Bool] {
    let bits = try ByteSource(path: path).bytes(1 << 20).compactMap { byte -> Bool? in
      byte == UInt8(ascii: "0") ? false : byte == UInt8(ascii: "1") ? true : nil
    }
    guard !bits.isEmpty else { throw MeasureFilm.Usage() }
    return bits
  }

  /// Titles and how many segments they have: `sea:3600,sky:65`.
  ///
  /// - Throws: `MeasureFilm.Usage`.
  static func titles(_ text: String) throws -> [SegmentTitle] {
    try text.split(separator: ",").map { word in
      let parts = word.split(separator: ":")
      guard parts.count == 2, let count = Int(parts[1]) else { throw MeasureFilm.Usage() }
      return SegmentTitle(title: String(parts[0]), segmentCount: count)
    }
  }

  /// Marks a film, each segment as the variant of its bit.
  ///
  /// - Returns: how many frames it has.
  func embed(
    title: String, bits: [Bool], from: String, to: String, psnr: Double
  ) throws -> Int {
    let reader = try FilmReader(ByteSource(path: from))
    let format = reader.format
    let markers = try FilmVariant.allCases.map { variant in
      try FilmMarker(
        key: key, segmentsOf: title, variant: variant, psnr: psnr, width: format.width,
        height: format.height, framesPerSecond: format.framesPerSecond)
    }
    let output = try OutputFile(to, contents: .binary)
    let writer = FilmWriter(to: output, format: format)
    let frame = FilmFrame(format)
    guard let luma = frame.luma8 else { throw MeasureFilm.Usage() }
    let other = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: luma.count)
    defer { other.deallocate() }
    while try reader.read(frame) {
      let segment = FilmMarker.segment(
        ofFrame: reader.frameCount - 1, framesPerSecond: format.framesPerSecond)
      _ = other.update(fromContentsOf: luma)
      // Both are marked, as both would be encoded.
      let chosen = bits[segment % bits.count] ? 1 : 0
      markers[chosen].mark(luma)
      markers[1 - chosen].mark(other)
      try writer.write(frame)
    }
    try writer.finish()
    return reader.frameCount
  }
}

extension SegmentTrials {
  /// Prints the segments of a film, and how they agree with the bits they were made of.
  ///
  /// - Parameters:
  ///   - path: of the film.
  ///   - bits: of its segments, if they are known.
  ///   - titles: that may be in it.
  /// - Returns: how many frames it has.
  /// - Throws: what is wrong with the film.
  func read(_ path: String, bits: [Bool]?, titles: [SegmentTitle] = []) throws -> Int {
    let reader = try FilmReader(ByteSource(path: path))
    let format = reader.format
    let segments = SegmentReader(key: key, titles: titles)
    let detector = FilmDetector(
      key: key, width: format.width, height: format.height,
      framesPerSecond: format.framesPerSecond, segments: segments)
    let frame = FilmFrame(format)
    while try reader.read(frame) {
      if let found = detector.add({ frame.luma(into: $0) }) {
        print("payload \(found.reading.message)")
      }
    }
    if let found = detector.finish() { print("payload \(found.reading.message)") }
    for title in segments.detections {
      print(
        "title \(String(title.titleTag, radix: 16)) bound \(title.logBound) score \(title.score)")
    }
    var (clear, wrong) = (0, 0)
    for reading in segments.readings {
      var remark = ""
      if abs(reading.logRatio) >= 3 { clear += 1 }
      if let bits {
        let isRight = (reading.logRatio > 0) == bits[reading.number % bits.count]
        if !isRight, abs(reading.logRatio) >= 3 { wrong += 1 }
        remark = isRight ? "right" : "wrong"
      }
      print("segment \(reading.number) \(reading.span) \(reading.logRatio) \(remark)")
    }
    print("segments \(segments.readings.count) clear \(clear) wrong \(wrong)")
    return reader.frameCount
  }
}
