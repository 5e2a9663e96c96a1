import Glibc

/// Text on standard output, each call one write, so that another program sees a line at once.
package struct StandardOutput: Sendable {
  package init() {}

  /// Writes a text as it is.
  ///
  /// - Throws: `SystemError`, for instance for a full disk.
  package func write(_ text: String) throws {
    try Array(text.utf8).withUnsafeBytes { bytes in
      try FileDescriptor(1, name: "standard output", closesAtEnd: false).write(bytes)
    }
  }

  /// Writes a line and its end.
  package func writeLine(_ line: String) throws {
    try write(line + "\n")
  }

  /// Writes one JSON value as a line.
  package func writeLine(_ value: JSONValue) throws {
    try writeLine(value.compact)
  }
}
