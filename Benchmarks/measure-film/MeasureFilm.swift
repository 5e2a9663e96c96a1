import CommandLineSupport
import Glibc
import ImageMark
import MarkKeys
import VideoStreams

/// Marks and reads films as YUV4MPEG2 files; what the figures of
/// docs/film-mark.md were measured with.
///
///     measure-film embed KEY HEX IN.y4m OUT.y4m [PSNR]
///     measure-film detect KEY IN.y4m
///     measure-film embed-segments KEY TITLE BITS IN.y4m OUT.y4m [PSNR]
///     measure-film read-segments KEY IN.y4m [BITS]
///
/// BITS is a file of the digits 0 (variant A) and 1 (B), one for each segment, repeated if short.
/// KEY is any text. HEX has 32 or 16 digits. CPU seconds go to standard error.
@main struct MeasureFilm {
  static func main() throws {
    let words = CommandLine.arguments
    guard words.count >= 4 else { throw Usage() }
    let key = key(words[2])
    let start = cpu()
    var frames = 0
    switch words[1] {
    case "embed":
      guard words.count >= 6 else { throw Usage() }
      let reader = try FilmReader(ByteSource(path: words[4]))
      let message: ImageMessage =
        words[3].utf8.count == 32
        ? .full(try Message(hexadecimal: words[3]))
        : .short(try ShortMessage(hexadecimal: words[3]))
      let format = reader.format
      let marker = try FilmMarker(
        key: key, message: message, psnr: words.count > 6 ? Double(words[6]) ?? 44 : 44,
        width: format.width, height: format.height, framesPerSecond: format.framesPerSecond)
      let output = try OutputFile(words[5], contents: .binary)
      let writer = FilmWriter(to: output, format: format)
      let frame = FilmFrame(format)
      var marking = 0.0
      while try reader.read(frame) {
        let start = cpu()
        if let luma = frame.luma8 { marker.mark(luma) }
        if let luma = frame.luma16 { marker.mark(luma, depth: format.chroma.bitDepth) }
        marking += cpu() - start
        try writer.write(frame)
      }
      try writer.finish()
      frames = reader.frameCount
      say("marking \(marking) s, \(Double(frames) / marking) frames/s")
    case "detect":
      let reader = try FilmReader(ByteSource(path: words[3]))
      let format = reader.format
      let detector = FilmDetector(
        key: key, width: format.width, height: format.height,
        framesPerSecond: format.framesPerSecond)
      let frame = FilmFrame(format)
      while try reader.read(frame) {
        if let found = detector.add({ frame.luma(into: $0) }) { show(found) }
      }
      if let found = detector.finish() { show(found) }
      frames = reader.frameCount
    case "embed-segments":
      guard words.count >= 7 else { throw Usage() }
      frames = try SegmentTrials(key: key).embed(
        title: words[3], bits: SegmentTrials.bits(words[4]), from: words[5], to: words[6],
        psnr: words.count > 7 ? Double(words[7]) ?? 44 : 44)
    case "read-segments":
      frames = try SegmentTrials(key: key).read(
        words[3], bits: words.count > 4 ? SegmentTrials.bits(words[4]) : nil)
    default: throw Usage()
    }
    say("\(frames) frames, \(cpu() - start) s CPU")
  }

  struct Usage: Error {}

  static func show(_ found: FilmReading) {
    let reading = found.reading
    print(
      "payload \(reading.message) start \(found.start) end \(found.end) score \(reading.score)",
      "bound \(reading.logBound) period \(reading.geometry.period)",
      "rotation \(reading.geometry.rotation) mirrored \(reading.geometry.isMirrored)")
  }

  static func say(_ text: String) { _ = (text + "\n").withCString { write(2, $0, strlen($0)) } }

  /// A key made of a text.
  static func key(_ text: String) -> MarkKey {
    let bytes = Array(text.utf8)
    let secret = bytes.withUnsafeBytes {
      KeyDerivation.hkdf(material: $0, salt: [], info: [], count: 32)
    }
    return MarkKey(name: text, secret: Secret(secret))
  }

  /// Seconds of CPU that this process has used.
  static func cpu() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
