import CommandLineSupport
import Glibc
package import Outlets
import Trade

/// What a drive has done for an order so far, kept in its holding: a line for every beginning and
/// end, on the disk before anything else happens.
///
///     begin DISC FIRST COUNT     a disc, from 1, with so many items of the order from FIRST, from 1
///     good DISC                  it was written and read back
///     spoiled DISC REASON        it was not
///
/// A beginning without an end was interrupted, and that medium is spoiled, too.
package struct BurnJournal {
  /// A disc and the items on it.
  package struct Part: Equatable {
    package let disc: Int
    package let items: Range<Int>
  }

  /// A medium that was lost.
  package struct Loss: Equatable {
    /// Which disc, from 1.
    package let disc: Int
    package let reason: String
  }

  /// The discs that are done.
  package private(set) var good: [Part] = []
  /// What was lost, in the order of time.
  package private(set) var losses: [Loss] = []
  /// The disc that was begun last and not ended.
  package private(set) var open: Part?

  private let path: String

  /// Reads the journal of a holding; lines that are not understood are passed over, as is a last one
  /// that was torn.
  ///
  /// - Parameter holding: which one.
  /// - Throws: `SystemError`.
  package init(_ holding: Holding) throws {
    path = holding.path + "/burning"
    guard access(path, F_OK) == 0 else { return }
    let file = try FileDescriptor.reading(path)
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    let count = try bytes.withUnsafeMutableBytes { try file.read(into: $0) }
    let text = String(decoding: bytes[..<count], as: UTF8.self)
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      take(line)
    }
  }

  private mutating func take(_ line: Substring) {
    let words = line.split(separator: " ", maxSplits: 2)
    guard words.count >= 2, let disc = Int(words[1]) else { return }
    switch words[0] {
    case "begin":
      let numbers = words.last?.split(separator: " ").compactMap { Int($0) } ?? []
      guard numbers.count == 2, numbers[0] > 0, numbers[1] > 0 else { return }
      open = Part(disc: disc, items: numbers[0] - 1..<numbers[0] - 1 + numbers[1])
    case "good":
      if let open, open.disc == disc { good.append(open) }
      open = nil
    case "spoiled":
      losses.append(Loss(disc: disc, reason: words.count == 3 ? String(words[2]) : "unknown"))
      open = nil
    default: break
    }
  }

  /// A disc is about to be begun.
  ///
  /// - Parameters:
  ///   - disc: which one, from 1.
  ///   - items: of the order, from 0.
  /// - Throws: `SystemError`.
  mutating func begin(_ disc: Int, _ items: Range<Int>) throws {
    try add("begin \(disc) \(items.lowerBound + 1) \(items.count)")
  }

  /// The disc that was begun is good.
  ///
  /// - Throws: `SystemError`.
  mutating func finish() throws {
    if let open { try add("good \(open.disc)") }
  }

  /// The disc that was begun is spoiled.
  ///
  /// - Parameter reason: in words.
  /// - Throws: `SystemError`.
  mutating func spoil(_ reason: String) throws {
    guard let open else { return }
    let words = reason.split { $0.isNewline }.joined(separator: " ")
    try add("spoiled \(open.disc) \(words)")
  }

  private mutating func add(_ line: String) throws {
    let isNew = access(path, F_OK) != 0
    let number = Glibc.open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o600)
    if number < 0 { throw SystemError("cannot write", path) }
    let file = FileDescriptor(number, name: path)
    let size = try file.status().size
    var last: UInt8 = UInt8(ascii: "\n")
    if size > 0 {
      _ = try withUnsafeMutableBytes(of: &last) { try file.read(into: $0, at: size - 1) }
    }
    // A torn line is ended, so that it cannot become a part of this one.
    let text = (last == UInt8(ascii: "\n") ? "" : "\n") + line + "\n"
    try Array(text.utf8).withUnsafeBytes { try file.write($0) }
    try file.synchronize()
    if isNew { try synchronizeFolder(of: path) }
    take(line[...])
  }
}
