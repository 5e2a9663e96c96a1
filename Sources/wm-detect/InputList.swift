import CommandLineSupport
import Glibc

/// The names of the inputs: the operands, then the lines of a list.
///
/// A list is read as names are asked for, so that another program can go on writing it.
struct InputList {
  private var operands: ArraySlice<String>
  private let list: FileDescriptor?
  private let separator: UInt8
  private var bytes: [UInt8] = []
  private var isAtEnd = false

  /// - Parameters:
  ///   - operands: names; none and no list is standard input.
  ///   - listPath: a file of names, `-` for standard input.
  ///   - endsWithNull: whether each name ends with a zero byte, not a line end.
  /// - Throws: `SystemError` when the list cannot be opened.
  init(operands: [String], listPath: String?, endsWithNull: Bool) throws {
    self.operands = operands.isEmpty && listPath == nil ? ["-"] : operands[...]
    list = try listPath.map(FileDescriptor.reading)
    separator = endsWithNull ? 0 : UInt8(ascii: "\n")
  }

  /// The next name, or nil at the end.
  ///
  /// - Throws: `SystemError` when the list cannot be read.
  mutating func nextName() throws -> String? {
    if let operand = operands.popFirst() { return operand }
    guard let list else { return nil }
    while true {
      if let end = bytes.firstIndex(of: separator) {
        let name = String(decoding: bytes[..<end], as: UTF8.self)
        bytes.removeFirst(end + 1)
        if !name.isEmpty { return name }
      } else if isAtEnd {
        defer { bytes = [] }
        return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
      } else {
        let more = try list.readAvailable(4096)
        isAtEnd = more.isEmpty
        bytes += more
      }
    }
  }

}
