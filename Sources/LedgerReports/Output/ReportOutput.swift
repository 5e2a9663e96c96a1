package import CommandLineSupport

/// The output of a report, written in large pieces.
package final class ReportOutput {
  private let file: OutputFile
  private var buffer: [UInt8] = []
  private static let pieceSize = 1 << 16

  package init(_ file: OutputFile) { self.file = file }

  /// Adds a text.
  ///
  /// - Throws: `SystemError`.
  package func write(_ text: String) throws {
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= Self.pieceSize { try flush() }
  }

  /// Adds a line and its end.
  package func writeLine(_ line: String) throws { try write(line + "\n") }

  /// Writes what is left and makes the output final.
  package func finish() throws {
    try flush()
    try file.finish()
  }

  private func flush() throws {
    if buffer.isEmpty { return }
    try buffer.withUnsafeBytes { try file.write($0) }
    buffer.removeAll(keepingCapacity: true)
  }
}
