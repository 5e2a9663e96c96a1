import CommandLineSupport
import Glibc
package import Ledger

/// Small files of this folder: one object of canonical JSON and a line feed.
package enum CanonicalFile {
  /// Reads the object of a file.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - read: takes the members.
  /// - Returns: what it makes of them; nil when there is no such file.
  /// - Throws: `HoldingFault.damaged`, `CanonicalFault`, `FieldFault` or `SystemError`.
  package static func read<Value>(
    _ path: String, _ read: (inout FieldReader) throws -> Value
  ) throws -> Value? {
    let file: FileDescriptor
    do { file = try .reading(path) } catch let error as SystemError where error.code == ENOENT {
      return nil
    }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = try bytes.withUnsafeMutableBytes { try file.read(into: $0) }
    guard count > 0, count < bytes.count, bytes[count - 1] == UInt8(ascii: "\n") else {
      throw HoldingFault.damaged(path)
    }
    return try bytes[..<(count - 1)].withUnsafeBytes { bytes in
      let text = CanonicalText()
      var fields = try FieldReader(text.read(bytes), called: "file")
      let value = try read(&fields)
      try fields.finish()
      return value
    }
  }

  /// Writes an object, whole or not at all.
  ///
  /// - Parameters:
  ///   - value: the object.
  ///   - path: the file.
  /// - Throws: `SystemError`.
  package static func write(_ value: CanonicalValue, to path: String) throws {
    let output = try OutputFile(path, contents: .text)
    try (value.bytes + [UInt8(ascii: "\n")]).withUnsafeBytes { try output.write($0) }
    try output.finish()
  }
}
