import AudioMark
import AudioStreams
import CommandLineSupport
import ImageStreams
import Ledger
import MarkKeys

/// What is done with every input.
struct Examination {
  let keys: [MarkKey]
  let threshold: Double
  let extent: SearchExtent
  let raw: RawFormat?
  /// Titles whose pictures' copies are read without a ledger: each has a key of its own.
  let titles: [Handle]
  let report: Report
  let diagnostics: Diagnostics

  /// Frames read at a time.
  private static let blockLength = 4096

  /// Reads one input to its end, or to its first mark where only that matters.
  ///
  /// - Returns: whether a mark was found.
  /// - Throws: what was wrong with the input, after the marks in front of it have been reported.
  func examine(_ name: String) throws -> Bool {
    let source = try ByteSource(path: name)
    switch try kind(of: source) {
    case .picture, .otherPicture: return try examinePicture(source, name, for: .spectral)
    case .film: return try examineFilm(source, name)
    case .sound: break
    }
    let reader = try AudioReader(source, raw: raw)
    let channels = reader.format.channelCount
    let isStream = reader.frameCount == nil && !Self.isRegularFile(name)
    let detector = RecordingDetector(
      keys: keys, threshold: threshold, extent: extent, sampleRate: reader.format.sampleRate,
      channelCount: channels, reportsEarly: isStream || report.style == .silent)
    var progress = Progress(
      "searching \(quoted(reader.name))", total: reader.frameCount.map(Double.init),
      diagnostics: diagnostics)
    let buffer = UnsafeMutableBufferPointer<Float>.allocate(
      capacity: Self.blockLength * channels)
    defer { buffer.deallocate() }
    var frames = 0
    var failure: (any ExplainedError)?
    do {
      while case let count = try reader.read(into: buffer), count > 0 {
        let block = UnsafeBufferPointer(rebasing: buffer[..<(count * channels)])
        try checkFinite(block, of: reader, from: frames)
        frames += count
        let news = detector.append(block)
        if report.style == .silent, !news.isEmpty { return true }
        for mark in news { try report.detection(mark, file: name) }
        progress.update(Double(frames), "\(frames / reader.format.sampleRate) s")
      }
    } catch let error as any ExplainedError where !isFatal(error) {
      failure = error
    }
    let news = detector.finish()
    progress.finish()
    for warning in reader.warnings { diagnostics.warning(warning) }
    let marks = detector.certainMarks
    for mark in isStream ? news : marks { try report.detection(mark, file: name) }
    if let failure { throw failure }
    if detector.isTooShort {
      diagnostics.note("\(quoted(reader.name)) is shorter than 2 s, which is never enough")
    }
    if marks.isEmpty { try report.nothing(file: name) }
    if isStream { try report.end(marks, seconds: detector.seconds, file: name) }
    return !marks.isEmpty
  }

  /// What an input is, by its first bytes.
  ///
  /// - Throws: `SystemError`.
  func kind(of source: ByteSource) throws -> MediaKind {
    raw == nil ? try MediaKind(of: source) : .sound
  }

  /// - Throws: `NonFiniteSample` for the first sample that is no finite number.
  func checkFinite(
    _ block: UnsafeBufferPointer<Float>, of reader: AudioReader, from frame: Int
  ) throws {
    guard let index = firstNonFinite(in: block) else { return }
    let channels = reader.format.channelCount
    throw NonFiniteSample(
      name: reader.name, frame: frame + index / channels, channel: index % channels,
      value: block[index])
  }

  private static func isRegularFile(_ name: String) -> Bool {
    if name != "-" { return FileStatus(path: name)?.isRegular == true }
    let input = FileDescriptor(0, name: "standard input", closesAtEnd: false)
    return (try? input.status())?.isRegular == true
  }

  /// Whether an error ends everything: results cannot be written.
  func isFatal(_ error: any Error) -> Bool {
    (error as? SystemError)?.subject == "standard output"
  }
}

/// A floating-point sample is infinite or not a number.
private struct NonFiniteSample: ExplainedError {
  let name: String
  let frame: Int
  let channel: Int
  let value: Float

  var description: String {
    "\(quoted(name)): sample \(frame) of channel \(channel + 1) is "
      + (value.isNaN ? "not a number" : "infinite")
  }
  var hint: String? { "samples are counted from 0; repair the file, or cut this place out" }
}
