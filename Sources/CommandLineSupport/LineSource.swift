/// The lines of a file or stream, one after the other.
package final class LineSource {
  private let file: FileDescriptor
  private var buffer: [UInt8] = []
  private var position = 0
  private var hasEnded = false

  package init(_ file: FileDescriptor) { self.file = file }

  /// The next line without its end; nil when there is none.
  ///
  /// - Throws: `SystemError`; `LineTooLong` past 1 MiB.
  package func next() throws -> [UInt8]? {
    while true {
      if let end = buffer[position...].firstIndex(of: UInt8(ascii: "\n")) {
        defer { position = end + 1 }
        return Array(buffer[position..<end])
      }
      if hasEnded {
        defer { position = buffer.count }
        return position < buffer.count ? Array(buffer[position...]) : nil
      }
      buffer.removeSubrange(..<position)
      position = 0
      if buffer.count > 1 << 20 { throw LineTooLong(name: file.name) }
      let more = try file.readAvailable(1 << 16)
      if more.isEmpty { hasEnded = true } else { buffer += more }
    }
  }
}

/// A line of more than a megabyte.
package struct LineTooLong: ExplainedError, Equatable {
  let name: String

  package var description: String { "\(quoted(name)) has a line of more than 1 MiB" }
}
