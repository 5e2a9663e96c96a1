package import CommandLineSupport

/// Writes a YUV4MPEG2 stream.
package struct FilmWriter {
  private let output: OutputFile

  /// Writes the header.
  ///
  /// - Parameters:
  ///   - format: the header is that of the stream it was read from, byte for byte.
  ///   - output: where to.
  /// - Throws: `SystemError`.
  package init(_ format: FilmFormat, to output: OutputFile) throws {
    self.output = output
    try Self.write(format.header, to: output)
  }

  /// Writes a frame with its line as it came.
  ///
  /// - Parameter frame: of the stream's format.
  /// - Throws: `SystemError`.
  package func write(_ frame: FilmFrame) throws {
    try Self.write(frame.line, to: output)
    try output.write(UnsafeRawBufferPointer(frame.bytes))
  }

  private static func write(_ line: [UInt8], to output: OutputFile) throws {
    try (line + [UInt8(ascii: "\n")]).withUnsafeBytes { try output.write($0) }
  }
}
