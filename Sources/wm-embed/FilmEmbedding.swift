import CommandLineSupport
import Glibc
import ImageMark
import MarkKeys
import VideoStreams

/// The work of the tool on a film: from a reader through a mark to an output, frame by frame.
struct FilmEmbedding {
  let reader: FilmReader
  let key: MarkKey
  let message: ImageMessage
  let mark: MarkOptions
  let isRemarkAllowed: Bool

  private var format: FilmFormat { reader.format }

  /// Frames that are looked at before anything is written come to one second, and to so many bytes.
  private static let heldBytes = 64 << 20
  /// Seconds of the marked film from which the mark is read back.
  private static let checkedSeconds = 2.0

  /// Marks every frame and completes the output.
  ///
  /// - Parameters:
  ///   - output: gets a film of the same format.
  ///   - progress: is told of frames.
  /// - Returns: what has been done.
  /// - Throws: what is wrong with the film or the output.
  func run(to output: OutputFile, progress: Progress) throws -> FilmSummary {
    var progress = progress
    defer { progress.finish() }
    guard mark.method == .spectral else { throw FilmRefusal.method(reader.name, mark.method) }
    let marker = try FilmMarker(
      key: key, message: message, psnr: mark.filmPSNR, width: format.width,
      height: format.height, framesPerSecond: format.framesPerSecond)
    let held = isRemarkAllowed ? [] : try firstFrames()
    let writer = FilmWriter(to: output, format: format)
    let check = FilmDetector(
      key: key, width: format.width, height: format.height,
      framesPerSecond: format.framesPerSecond)
    var isReadable = false
    var frames = 0
    func write(_ frame: FilmFrame) throws {
      if let luma = frame.luma8 { marker.mark(luma) }
      if let luma = frame.luma16 { marker.mark(luma, depth: format.chroma.bitDepth) }
      if Double(frames) / format.framesPerSecond < Self.checkedSeconds {
        if let found = check.add({ frame.luma(into: $0) }) {
          isReadable = found.reading.message == message
        }
      }
      try writer.write(frame)
      frames += 1
      progress.update(Double(frames), "\(frames) frames")
    }
    for frame in held { try write(frame) }
    let frame = held.last ?? FilmFrame(format)
    while try reader.read(frame) { try write(frame) }
    if let found = check.finish() { isReadable = found.reading.message == message }
    try writer.finish()
    return FilmSummary(
      self, frames: frames, psnr: marker.reachedPSNR, isReadable: isReadable)
  }

  /// Reads the first frames and refuses what carries a mark already.
  private func firstFrames() throws -> [FilmFrame] {
    let wanted = min(
      Int(format.framesPerSecond.rounded(.up)), Self.heldBytes / format.frameByteCount)
    let detector = FilmDetector(
      key: key, width: format.width, height: format.height,
      framesPerSecond: format.framesPerSecond)
    var frames: [FilmFrame] = []
    while frames.count < max(wanted, 1) {
      let frame = FilmFrame(format)
      guard try reader.read(frame) else { break }
      frames.append(frame)
      _ = detector.add { frame.luma(into: $0) }
    }
    if let found = detector.finish() {
      throw PictureRefusal.alreadyMarked(reader.name, found.reading.message, key: key.name)
    }
    return frames
  }
}

extension MarkOptions {
  /// The peak signal-to-noise ratio of the luma of a marked film in dB: 44 at strength 1.
  var filmPSNR: Double { max(44 - 20 * log10(strength ?? 1), 30) }
}

/// Why a film is not marked.
enum FilmRefusal: ExplainedError {
  case method(String, MarkMethod)
  case option(String, String)
  case otherFormat(String)

  var description: String {
    switch self {
    case .method(let name, let method):
      "\(quoted(name)) is YUV4MPEG2 film, which --method \(method.rawValue) has no place in"
    case .option(let option, let name): "\(option) is not for film, and \(quoted(name)) is one"
    case .otherFormat(let output):
      "\(quoted(output)) would be YUV4MPEG2 film under another name"
    }
  }

  var hint: String? {
    switch self {
    case .method: "the watermark, --method spectral, is for film, too"
    case .otherFormat: "let ffmpeg encode it: wm-embed ... | ffmpeg -i - OUT"
    case .option: nil
    }
  }
}
