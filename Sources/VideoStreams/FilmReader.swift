package import CommandLineSupport

/// Reads a YUV4MPEG2 stream frame by frame.
package final class FilmReader {
  /// What messages call it.
  package let name: String
  /// How its frames are laid out.
  package let format: FilmFormat
  /// Frames read so far.
  package private(set) var frameCount = 0

  private let source: ByteSource

  /// Longest line that is taken.
  private static let longestLine = 4096

  /// Reads the header.
  ///
  /// - Parameter source: stands at the first byte.
  /// - Throws: `FilmError` or `SystemError`.
  package init(_ source: ByteSource) throws {
    self.source = source
    name = source.name
    let header = try Self.line(of: source, "its first line has no end")
    guard let header else { throw FilmError.empty(source.name) }
    format = try FilmFormat(header: header, name: source.name)
  }

  /// Reads the next frame.
  ///
  /// - Parameter frame: of this stream's format.
  /// - Returns: false when there is none.
  /// - Throws: `FilmError` or `SystemError`.
  package func read(into frame: FilmFrame) throws -> Bool {
    let lost = "the line of frame \(frameCount + 1) has no end"
    guard let line = try Self.line(of: source, lost) else {
      if frameCount == 0 { throw FilmError.empty(name) }
      return false
    }
    guard line.starts(with: "FRAME".utf8), line.count == 5 || line[5] == UInt8(ascii: " ") else {
      throw FilmError.damaged(name, "frame \(frameCount + 1) does not begin with FRAME")
    }
    frame.line = line
    guard try source.read(into: frame.bytes) == frame.bytes.count else {
      throw FilmError.cutShort(name, frame: frameCount + 1)
    }
    frameCount += 1
    return true
  }

  /// A line without its line feed; nil at the end.
  private static func line(of source: ByteSource, _ fault: String) throws -> [UInt8]? {
    var line: [UInt8] = []
    var byte: UInt8 = 0
    while line.count <= longestLine {
      guard try withUnsafeMutableBytes(of: &byte, { try source.read(into: $0) }) == 1 else {
        if line.isEmpty { return nil }
        throw FilmError.damaged(source.name, fault)
      }
      if byte == UInt8(ascii: "\n") { return line }
      line.append(byte)
    }
    throw FilmError.damaged(source.name, fault)
  }
}
