import ArgumentParser
import CommandLineSupport
import VideoStreams

/// Copies film through the reader and the writer: for tests and measurements, never installed.
@main struct FilmCopy: Tool {
  static let configuration = CommandConfiguration(
    commandName: "_film-copy", abstract: "Copy film", version: suiteVersion)

  @Option(name: .shortAndLong) var output: String?
  @Option(help: "Add this to the luma of every pixel.") var add: Float = 0
  @OptionGroup var verbosity: VerbosityOptions
  @Argument var input: String = "-"

  func run() throws {
    let output = try OutputFile(output, contents: .binary, inputs: [input])
    let reader = try FilmReader(ByteSource(path: input))
    let writer = FilmWriter(to: output, format: reader.format)
    let frame = FilmFrame(reader.format)
    let delta = [Float](repeating: add, count: reader.format.lumaCount)
    var luma = [Float](repeating: 0, count: delta.count)
    while try reader.read(frame) {
      if add != 0 {
        luma.withUnsafeMutableBufferPointer { frame.luma(into: $0) }
        delta.withUnsafeBufferPointer { frame.add($0) }
      }
      try writer.write(frame)
    }
    try writer.finish()
    verbosity.diagnostics(for: Self.name).note("\(reader.frameCount) frames")
  }
}
