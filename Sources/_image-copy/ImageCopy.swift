import ArgumentParser
import CommandLineSupport
import ImageStreams

/// Copies pictures through the reader and the writer: for tests and measurements, never installed.
@main struct ImageCopy: Tool {
  static let configuration = CommandConfiguration(
    commandName: "_image-copy", abstract: "Copy a picture", version: suiteVersion)

  @Option(name: .shortAndLong) var output: String?
  @Option(help: "Add this to squares of 16 pixels like the white ones of a chess board.")
  var add: Float?
  @Option(help: "Put this line of text beside the pixels.") var text: String?
  @Flag(help: "Write the luma, as PGM of 16 bits.") var luma = false
  @OptionGroup var verbosity: VerbosityOptions
  @Argument var input: String = "-"

  func run() throws {
    let diagnostics = verbosity.diagnostics(for: Self.name)
    let output = try OutputFile(output, contents: .binary, inputs: [input])
    let image = try StillImage(ByteSource(path: input))
    if luma { return try write(image, to: output) }
    if let add {
      let square = try image.add(
        (0..<image.width * image.height).map { pixel in
          let (x, y) = (pixel % image.width / 16, pixel / image.width / 16)
          return (x + y).isMultiple(of: 2) ? add : 0
        })
      diagnostics.note("mean square \(decimal(square, digits: 3) ?? "-")")
    }
    if let text { try image.put(text: text) { $0.contains(UInt8(ascii: "=")) } }
    try image.write(to: output)
    for warning in image.warnings { diagnostics.warning(warning) }
    try output.finish()
  }

  private func write(_ image: StillImage, to output: OutputFile) throws {
    let (luma, fault) = try image.luma()
    try output.write("P5 \(image.width) \(image.height) 65535\n")
    var bytes: [UInt8] = []
    bytes.reserveCapacity(2 * luma.count)
    for value in luma {
      let level = UInt16((value * 257).rounded())
      bytes.append(UInt8(level >> 8))
      bytes.append(UInt8(level & 0xFF))
    }
    try bytes.withUnsafeBytes { try output.write($0) }
    try output.finish()
    if let fault { throw fault }
  }
}
