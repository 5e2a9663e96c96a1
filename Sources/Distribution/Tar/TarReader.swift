package import CommandLineSupport

/// Reads the plain files of a tar archive from a stream, one after the other.
///
/// Nothing of the stream reaches the file system by itself: names are handed to the caller, who
/// says where bytes go, or refuses. Memory does not grow with the archive.
package final class TarReader {
  /// A file of the archive.
  package struct Entry: Sendable, Equatable {
    /// As it stands in the archive; not to be trusted.
    package let name: String
    package let byteCount: Int64
  }

  private let file: FileDescriptor
  private let buffer = UnsafeMutableRawBufferPointer.allocate(
    byteCount: 1 << 17, alignment: 4096)
  private var unread: Int64 = 0
  private var padding = 0

  package init(_ file: FileDescriptor) { self.file = file }

  deinit { buffer.deallocate() }

  /// The next file; what was not read of the one before is passed over.
  ///
  /// - Returns: the file; nil at the end of the archive, after which the stream has been read to
  ///   its end, so that its writer does not meet a closed pipe.
  /// - Throws: `TarFault` or `SystemError`.
  package func next() throws -> Entry? {
    try read { _ in }
    var paxSize: Int64?
    while true {
      guard let block = try block() else { throw TarFault.truncated }
      if block.allSatisfy({ $0 == 0 }) {
        while try file.read(into: buffer) > 0 {}
        return nil
      }
      guard let sum = Self.octal(block[148..<156]), sum == TarHeader.checksum(block) else {
        throw TarFault.notTar
      }
      // A prefix is for longer names than any archive here has.
      guard block[257..<262].elementsEqual("ustar".utf8),
        let size = Self.octal(block[124..<136])
      else { throw TarFault.notTar }
      let name = String(decoding: block[..<100].prefix { $0 != 0 }, as: UTF8.self)
      let hasPrefix = block[262] == 0 && block[345] != 0
      switch block[156] {
      case TarHeader.pax:
        // Taken from other writers too: `tar --format=pax` puts times there.
        guard size <= 4096 else { throw TarFault.kind(name) }
        paxSize = try readPaxSize(Int(size))
      case TarHeader.file, 0:
        guard !hasPrefix else { throw TarFault.unexpected(name) }
        unread = paxSize ?? size
        padding = TarHeader.padding(unread)
        return Entry(name: name, byteCount: unread)
      default: throw TarFault.kind(name)
      }
    }
  }

  /// Reads the bytes of the current file in pieces.
  ///
  /// - Throws: `TarFault.truncated`, `SystemError`, and what `take` throws.
  package func read(_ take: (UnsafeRawBufferPointer) throws -> Void) throws {
    while unread > 0 {
      let wanted = UnsafeMutableRawBufferPointer(
        rebasing: buffer[..<Int(min(unread, Int64(buffer.count)))])
      guard try file.read(into: wanted) == wanted.count else { throw TarFault.truncated }
      unread -= Int64(wanted.count)
      try take(UnsafeRawBufferPointer(wanted))
    }
    let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[..<padding])
    guard try file.read(into: rest) == padding else { throw TarFault.truncated }
    padding = 0
  }

  /// All bytes of the current file.
  ///
  /// - Throws: `TarFault.size` when it has more than `limit`, `.truncated`, or `SystemError`.
  package func bytes(of entry: Entry, limit: Int) throws -> [UInt8] {
    guard entry.byteCount <= limit else {
      throw TarFault.size(entry.name, entry.byteCount, limit: Int64(limit))
    }
    var bytes: [UInt8] = []
    try read { bytes.append(contentsOf: $0) }
    return bytes
  }

  private func block() throws -> [UInt8]? {
    let part = UnsafeMutableRawBufferPointer(rebasing: buffer[..<TarHeader.blockSize])
    switch try file.read(into: part) {
    case 0: return nil
    case TarHeader.blockSize: return Array(part)
    default: throw TarFault.truncated
    }
  }

  /// The size that a pax record gives to the next file, nil when it gives none.
  private func readPaxSize(_ byteCount: Int) throws -> Int64? {
    unread = Int64(byteCount)
    padding = TarHeader.padding(unread)
    var bytes: [UInt8] = []
    try read { bytes.append(contentsOf: $0) }
    var size: Int64?
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      let text = String(decoding: line, as: UTF8.self)
      guard let space = text.firstIndex(of: " ") else { throw TarFault.notTar }
      let record = text[text.index(after: space)...]
      if record.hasPrefix("size=") {
        guard let number = Int64(record.dropFirst(5)), number >= 0 else { throw TarFault.notTar }
        size = number
      } else if record.hasPrefix("path=") || record.hasPrefix("GNU.sparse") {
        throw TarFault.unexpected(String(record))
      }
    }
    return size
  }

  private static func octal(_ field: ArraySlice<UInt8>) -> Int64? {
    let digits = field.drop { $0 == 32 }.prefix { $0 != 0 && $0 != 32 }
    return digits.isEmpty ? 0 : Int64(String(decoding: digits, as: UTF8.self), radix: 8)
  }
}
