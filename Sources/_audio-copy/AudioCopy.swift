import ArgumentParser
import AudioStreams
import CommandLineSupport

/// Copies audio through the reader and the writer: for tests and measurements, never installed.
@main struct AudioCopy: Tool {
  static let configuration = CommandConfiguration(
    commandName: "_audio-copy", abstract: "Copy audio", version: suiteVersion)

  @Option(name: .shortAndLong) var output: String?
  @Option(name: .shortAndLong) var format: String?
  @Option(name: .shortAndLong) var encoding: String?
  @Option var quality: Double?
  @Option(help: "RATE,CHANNELS,ENCODING of headerless input.") var raw: String?
  @Flag(help: "Hide the number of frames from the writer.") var uncounted = false
  @OptionGroup var verbosity: VerbosityOptions
  @Argument var input: String = "-"

  private var rawFormat: RawFormat? {
    guard let parts = raw?.split(separator: ","), parts.count == 3, let rate = Int(parts[0]),
      let channels = Int(parts[1]), let encoding = SampleEncoding(rawValue: String(parts[2]))
    else { return nil }
    return RawFormat(sampleRate: rate, channelCount: channels, encoding: encoding)
  }

  func run() throws {
    let output = try OutputFile(output, contents: .binary, inputs: [input])
    let reader = try AudioReader(path: input, raw: rawFormat)
    let writer = try AudioWriter(
      to: output,
      format: reader.format.written(
        as: .forOutput(option: format, path: self.output),
        encoding: encoding.flatMap { SampleEncoding(rawValue: $0) }),
      metadata: reader.metadata, frameCount: uncounted ? nil : reader.frameCount,
      quality: quality)
    if reader.format.encoding.needsDouble {
      try copy(reader, writer, Double(0), reader.read(into:), writer.write)
    } else {
      try copy(reader, writer, Float(0), reader.read(into:), writer.write)
    }
    try writer.finish(metadata: reader.metadata)
    let diagnostics = verbosity.diagnostics(for: Self.name)
    for warning in reader.warnings { diagnostics.warning(warning) }
  }

  private func copy<Sample>(
    _ reader: AudioReader, _ writer: AudioWriter, _ zero: Sample,
    _ read: (UnsafeMutableBufferPointer<Sample>) throws -> Int,
    _ write: (UnsafeBufferPointer<Sample>) throws -> Void
  ) throws {
    let channels = reader.format.channelCount
    let buffer = UnsafeMutableBufferPointer<Sample>.allocate(capacity: 882 * channels)
    defer { buffer.deallocate() }
    while case let frames = try read(buffer), frames > 0 {
      try write(UnsafeBufferPointer(rebasing: buffer[..<(frames * channels)]))
    }
  }
}
