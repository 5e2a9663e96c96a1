package import CommandLineSupport

/// Writes a YUV4MPEG2 stream; nothing is written before the first frame.
package final class FilmWriter {
  private let output: OutputFile
  private let format: FilmFormat
  private var hasBegun = false

  /// - Parameters:
  ///   - output: where it goes.
  ///   - format: its first line is written as it was read.
  package init(to output: OutputFile, format: FilmFormat) {
    self.output = output
    self.format = format
  }

  /// Writes a frame, with the line it was read with.
  ///
  /// - Parameter frame: of the format.
  /// - Throws: `SystemError`.
  package func write(_ frame: FilmFrame) throws {
    precondition(frame.format == format)
    if !hasBegun { try put(format.line) }
    hasBegun = true
    try put(frame.line)
    try output.write(UnsafeRawBufferPointer(frame.bytes))
  }

  /// Makes the output final.
  ///
  /// - Throws: `SystemError`.
  package func finish() throws { try output.finish() }

  private func put(_ line: [UInt8]) throws {
    try (line + [UInt8(ascii: "\n")]).withUnsafeBytes { try output.write($0) }
  }
}
