import ArgumentParser
import AudioMark
import AudioStreams
import CommandLineSupport
import MarkKeys

/// Reads the mark of audio.
@main struct WMDetect: Tool {
  static let configuration = CommandConfiguration(
    commandName: "wm-detect", abstract: "Read the mark of audio", version: suiteVersion)

  @Option(name: .shortAndLong) var key: String
  @Option var search: String = "default"
  @Flag var json = false
  @Argument var input: String = "-"

  func run() throws {
    let key = try MarkKeyFile(reading: self.key)
    let reader = try AudioReader(path: input)
    let detector = ChunkDetector(key: key.key, threshold: 1e-6)
    let channels = reader.format.channelCount
    let spectra = SpectrumMap(
      sampleRate: reader.format.sampleRate, channelCount: channels, capacity: 300 * 190)
    let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: 4096 * channels)
    while case let got = try reader.read(into: buffer), got > 0 {
      let n = spectra.append(UnsafePointer(buffer.baseAddress!), frames: got)
      if n < got { break }
    }
    let found = detector.detect(spectra, start: 0, extent: SearchExtent(rawValue: search)!)
    let out = StandardOutput()
    for d in found {
      try out.writeLine(.object([
        ("type", "detection"), ("file", .string(input)), ("message", .string(d.message.description)),
        ("bound", .number(d.bound)), ("start", .fixed(d.start, 2)), ("end", .fixed(d.end, 2)),
        ("speed", .fixed(d.speed, 5)), ("pitch", .fixed(d.pitch, 4)),
        ("score", .fixed(d.score, 4)), ("plan", .string(d.plan.rawValue)), ("attempts", .integer(Int64(detector.attempts))),("logbound", .fixed(d.logBound, 1))
      ]))
    }
    if found.isEmpty {
      try out.writeLine(.object([("type", "none"), ("file", .string(input)), ("attempts", .integer(Int64(detector.attempts)))]))
      throw ExitCode(1)
    }
  }
}
