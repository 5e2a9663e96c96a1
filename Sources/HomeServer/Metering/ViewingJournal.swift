import CommandLineSupport
import Glibc

/// The file in a holding that says what was viewed of it: a line an event, only ever added to.
///
///     v ITEM SESSION          a session has begun to watch an item
///     w ITEM START END        the milliseconds from START to END of an item were watched
///
/// Items are counted from 1. What is not such a line, or lacks its line feed, was being written when
/// its writer died, and is passed over.
struct ViewingJournal: Sendable {
  static let name = "viewings"
  let path: String

  /// What a line says.
  enum Line: Equatable {
    case view(item: Int, session: String)
    case watched(item: Int, Range<Int64>)

    var text: String {
      switch self {
      case .view(let item, let session): "v \(item + 1) \(session)\n"
      case .watched(let item, let range):
        "w \(item + 1) \(range.lowerBound) \(range.upperBound)\n"
      }
    }

    /// Reads a line without its line feed.
    init?(_ text: Substring) {
      let parts = text.split(separator: " ", omittingEmptySubsequences: false)
      guard parts.count >= 3, let item = Self.number(parts[1]), item >= 1, item <= 1 << 20 else {
        return nil
      }
      if parts.count == 3, parts[0] == "v", !parts[2].isEmpty {
        self = .view(item: Int(item) - 1, session: String(parts[2]))
      } else if parts.count == 4, parts[0] == "w", let start = Self.number(parts[2]),
        let end = Self.number(parts[3]), start < end
      {
        self = .watched(item: Int(item) - 1, start..<end)
      } else {
        return nil
      }
    }

    init(view session: String, item: Int) { self = .view(item: item, session: session) }

    private static func number(_ text: Substring) -> Int64? {
      guard (1...13).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) })
      else { return nil }
      return Int64(text)
    }
  }

  /// The lines of the file; none when it is not there.
  ///
  /// - Throws: `SystemError`.
  func lines() throws -> [Line] {
    let file: FileDescriptor
    do { file = try .reading(path) } catch let error as SystemError where error.code == ENOENT {
      return []
    }
    var bytes = [UInt8](repeating: 0, count: Int(try file.status().size))
    let count = try bytes.withUnsafeMutableBytes { try file.read(into: $0, at: 0) }
    let whole = bytes[..<count].lastIndex(of: UInt8(ascii: "\n")) ?? 0
    return String(decoding: bytes[..<whole], as: UTF8.self).split(separator: "\n")
      .compactMap { Line($0) }
  }

  /// Adds lines and waits until they are on the disk.
  ///
  /// - Throws: `SystemError`.
  func append(_ lines: [Line]) throws {
    if lines.isEmpty { return }
    let number = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard number >= 0 else { throw SystemError("cannot write", path) }
    let file = FileDescriptor(number, name: path)
    let size = try file.status().size
    var text = lines.map(\.text).joined()
    if size > 0 {
      var last: UInt8 = 0
      _ = try withUnsafeMutableBytes(of: &last) { try file.read(into: $0, at: size - 1) }
      // The line of a writer that died is ended, so that it spoils none of these.
      if last != UInt8(ascii: "\n") { text = "\n" + text }
    }
    try Array(text.utf8).withUnsafeBytes { try file.write($0) }
    try file.synchronize()
    if size == 0 { try synchronizeFolder(of: path) }
  }
}
