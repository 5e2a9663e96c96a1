package import CommandLineSupport
import Glibc

/// An input in memory.
///
/// - Parameters:
///   - data: its bytes, as libFuzzer hands them over.
///   - count: how many.
/// - Returns: the same as a file.
package func source(_ data: UnsafePointer<UInt8>?, _ count: Int) -> ByteSource {
  let bytes = UnsafeRawBufferPointer(start: data, count: count)
  return ByteSource(name: "x", length: Int64(count)) { offset, buffer in
    let part = bytes.dropFirst(Int(clamping: offset)).prefix(buffer.count)
    buffer.copyBytes(from: part)
    return part.count
  }
}

/// A file without a name, for what is written.
package final class ScratchFile {
  private let number: CInt

  package init() {
    var name = Array("/tmp/sukashi-fuzz.XXXXXX".utf8CString)
    number = mkstemp(&name)
    guard number >= 0 else { fatalError("no temporary file") }
    unlink(name)
  }

  /// An output that begins with nothing in it.
  package func output() -> OutputFile {
    ftruncate(number, 0)
    lseek(number, 0, SEEK_SET)
    return OutputFile(FileDescriptor(number, name: "scratch", closesAtEnd: false))
  }

  /// What was written.
  ///
  /// - Returns: its bytes.
  /// - Throws: `SystemError`.
  package func bytes() throws -> [UInt8] {
    lseek(number, 0, SEEK_SET)
    let source = try ByteSource(FileDescriptor(number, name: "scratch", closesAtEnd: false))
    return try source.bytes(Int(source.length ?? 0))
  }
}
