package import CommandLineSupport

/// A YUV4MPEG2 stream from a file or a pipe, a frame at a time.
///
///     let reader = try FilmReader(ByteSource(path: "-"))
///     let frame = FilmFrame(reader.format)
///     while try reader.read(frame) { ... }
package final class FilmReader {
  /// What messages call it.
  package let name: String
  /// What the first line says.
  package let format: FilmFormat
  /// Whole frames read so far.
  package private(set) var frameCount = 0
  private let source: ByteSource

  /// Reads the first line.
  ///
  /// - Parameter source: stands at its first byte.
  /// - Throws: `FilmError`, `SystemError`.
  package init(_ source: ByteSource) throws {
    self.source = source
    name = source.name
    let first = try source.bytes(FilmFormat.magic.count)
    guard first == FilmFormat.magic else { throw FilmError.notFilm(name) }
    guard let rest = try Self.line(of: source) else {
      throw FilmError.badHeader(name, "its first line does not end")
    }
    format = try FilmFormat(first + rest, name: name)
  }

  /// Reads the next frame.
  ///
  /// - Parameter frame: of this format; what it holds is replaced.
  /// - Returns: false at the end of the stream.
  /// - Throws: `FilmError`, `SystemError`.
  package func read(_ frame: FilmFrame) throws -> Bool {
    precondition(frame.format == format)
    let word = try source.bytes(5)
    if word.isEmpty {
      if frameCount == 0 { throw FilmError.noFrames(name) }
      return false
    }
    if word.count < 5, Self.frameWord.starts(with: word) {
      throw FilmError.cutShort(name, frame: frameCount)
    }
    guard word == Self.frameWord else { throw FilmError.badFrame(name, frameCount) }
    guard let rest = try Self.line(of: source) else {
      throw FilmError.cutShort(name, frame: frameCount)
    }
    guard rest.isEmpty || rest.first == UInt8(ascii: " ") else {
      throw FilmError.badFrame(name, frameCount)
    }
    frame.line = word + rest
    guard try source.read(into: frame.bytes) == frame.bytes.count else {
      throw FilmError.cutShort(name, frame: frameCount)
    }
    frameCount += 1
    return true
  }

  private static let frameWord = Array("FRAME".utf8)

  /// The bytes up to a line end, which is taken away; nil when it does not come in time.
  private static func line(of source: ByteSource) throws -> [UInt8]? {
    var line: [UInt8] = []
    while line.count < FilmFormat.longestLine {
      guard let byte = try source.bytes(1).first else { return nil }
      if byte == UInt8(ascii: "\n") { return line }
      line.append(byte)
    }
    return nil
  }
}
