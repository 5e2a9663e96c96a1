import CommandLineSupport
import Glibc
import ImageMark
import MarkKeys
import VideoStreams

extension Examination {
  /// Messages and A/B segments.
  private static let kinds = 2

  /// Looks for the marks of all keys in a film.
  ///
  /// - Parameters:
  ///   - source: its bytes.
  ///   - name: of the input.
  /// - Returns: whether a mark was found.
  /// - Throws: what was wrong with the film, after the marks in front of it have been reported.
  func examineFilm(_ source: ByteSource, _ name: String) throws -> Bool {
    let (marks, _, segments, fault) = try filmMarks(
      source, stopsEarly: report.style == .silent)
    for mark in marks { try report.detection(mark, file: name) }
    for mark in segments { try report.segments(mark, file: name) }
    if let fault { throw fault }
    if marks.isEmpty, segments.isEmpty { try report.nothing(file: name) }
    return !marks.isEmpty || !segments.isEmpty
  }

  /// Names the deliveries that a film is a copy of, by the messages and the segments in it.
  ///
  /// - Parameters:
  ///   - source: its bytes.
  ///   - name: of the input.
  ///   - trace: the ledger's deliveries.
  /// - Returns: whether a delivery was named.
  /// - Throws: what was wrong with the ledger, or with the film, after what is in front of it has been
  ///   reported.
  func traceFilm(_ source: ByteSource, _ name: String, in trace: LedgerTrace) throws -> Bool {
    let copies = trace.pictureCopies
    let (marks, accusations, segments, fault) = try filmMarks(
      source, candidates: copies.candidates, titles: trace.films)
    var result = try trace.named(
      accusations, marks, of: copies, keys: keys, kinds: Self.kinds)
    try trace.trace(segments, keys: keys, into: &result)
    for mark in marks { try report.detection(mark, file: name) }
    for mark in segments { try report.segments(mark, file: name) }
    for suspect in result.suspects { try report.delivery(suspect, file: name) }
    for suspect in result.segmentSuspects {
      try report.delivery(suspect, runnerUp: result.runnerUp, file: name)
    }
    try report.search(result, file: name)
    if let fault { throw fault }
    return !result.suspects.isEmpty || !result.segmentSuspects.isEmpty
  }

  /// Reads a film to its end, or to its first mark where only that matters.
  ///
  /// - Parameters:
  ///   - source: its bytes.
  ///   - candidates: the messages of copies that it is compared with.
  ///   - titles: films whose A/B segments may be in it, besides any that can be read.
  ///   - stopsEarly: whether one mark is enough.
  /// - Returns: the marks, each over the whole part in which it was read without another between; for
  ///   each key the copies that were recognised; the titles whose A/B segments it has; and what was
  ///   wrong with the film behind them.
  /// - Throws: what was wrong with the film from its beginning on, or what ends everything.
  func filmMarks(
    _ source: ByteSource, candidates: [ImageMessage] = [], titles: [SegmentTitle] = [],
    stopsEarly: Bool = false
  ) throws -> (
    marks: [PictureMark], accusations: [[ImageAccusation]], segments: [SegmentMark],
    fault: (any ExplainedError)?
  ) {
    let reader = try FilmReader(source)
    let format = reader.format
    // Both kinds of marks of every key have their share of the chance.
    let share = threshold / Double(Self.kinds * keys.count)
    let readers = keys.map { SegmentReader(key: $0, threshold: share, titles: titles) }
    let detectors = zip(keys, readers).map { key, segments in
      FilmDetector(
        key: key, threshold: share, candidates: candidates, width: format.width,
        height: format.height, framesPerSecond: format.framesPerSecond, segments: segments)
    }
    var marks: [PictureMark] = []
    var progress = Progress(
      "searching \(quoted(reader.name))", total: nil, diagnostics: diagnostics)
    defer { progress.finish() }
    let frame = FilmFrame(format)
    var fault: (any ExplainedError)?
    do {
      while try reader.read(frame) {
        for (key, detector) in zip(keys, detectors) {
          if let found = detector.add({ frame.luma(into: $0) }) {
            take(found, of: key, format, into: &marks)
          }
        }
        if stopsEarly, !marks.isEmpty || readers.contains(where: { !$0.detections.isEmpty }) {
          break
        }
        progress.update(Double(reader.frameCount), "\(reader.frameCount) frames")
      }
    } catch let error as any ExplainedError where !isFatal(error) {
      fault = error
    }
    for (key, detector) in zip(keys, detectors) {
      if let found = detector.finish() { take(found, of: key, format, into: &marks) }
    }
    let segments = zip(keys, readers).flatMap { segmentMarks(of: $0, $1, format) }
    return (marks, detectors.map(\.accusations), segments, fault)
  }

  /// The titles whose segments were read with a key.
  private func segmentMarks(
    of key: MarkKey, _ reader: SegmentReader, _ format: FilmFormat
  ) -> [SegmentMark] {
    reader.detections.compactMap { title in
      let readings = reader.readings.filter { $0.titleTag == title.titleTag }
      guard !readings.isEmpty else { return nil }
      return SegmentMark(
        key: key, width: format.width, height: format.height, titleTag: title.titleTag,
        pose: PicturePose(title.geometry), score: title.score,
        logBound: min(title.logBound + log(Double(Self.kinds * keys.count)), 0),
        readings: readings)
    }
  }

  /// Adds a reading to the marks, or to the last one of its key when that says the same.
  private func take(
    _ found: FilmReading, of key: MarkKey, _ format: FilmFormat, into marks: inout [PictureMark]
  ) {
    let reading = found.reading
    let logBound = min(reading.logBound + log(Double(Self.kinds * keys.count)), 0)
    if let last = marks.lastIndex(where: { $0.key == key.name }),
      marks[last].message == reading.message
    {
      marks[last].span = (marks[last].span?.lowerBound ?? 0)...found.end
      marks[last].score = max(marks[last].score, reading.score)
      marks[last].logBound = min(marks[last].logBound, logBound)
      return
    }
    marks.append(
      PictureMark(
        method: .spectral, key: key.name, message: reading.message, width: format.width,
        height: format.height, pose: PicturePose(reading.geometry), score: reading.score,
        logBound: logBound, span: found.start...found.end))
  }
}
