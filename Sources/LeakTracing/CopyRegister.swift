import CommandLineSupport
package import Ledger
package import MarkKeys
import Signing
import TransparencyLog

/// All copies that a ledger says were to be marked: their titles and messages.
///
/// A file beside the ledger, `LEDGER.copies`, keeps them for the next time. It is no more than a
/// memory: what is missing in it or does not fit is read from the ledger again, and whoever is named is
/// looked up there.
package struct CopyRegister {
  /// The titles that copies were made of, in the order of their first copy.
  package private(set) var contents: [Handle] = []
  /// For each title, the messages of its copies, in the order of the ledger.
  package private(set) var messages: [[Message]] = []

  private var places: [Handle: Int] = [:]
  /// The entries that were gone through, and the hash of the last one.
  private var entryCount: Int64 = 0
  private var lastHash: SHA256Hash?

  private static let magic = Array("SKCOPY01".utf8)

  /// Reads the copies of a ledger.
  ///
  /// - Parameters:
  ///   - file: the ledger.
  ///   - log: the same, opened for reading.
  ///   - lag: so many entries are read anew each time before the file is written again.
  /// - Throws: what reading the ledger throws; nothing about the file of copies.
  package init(_ file: LedgerFile, _ log: LedgerLog, lag: Int64 = 4096) throws {
    let path = file.path + ".copies"
    let size = Int64(try log.head.size)
    if let kept = try? CopyRegister(path: path), kept.entryCount > 0, kept.entryCount <= size {
      let hash = try Self.hash(log, kept.entryCount - 1)
      if hash == kept.lastHash { self = kept }
    }
    guard entryCount < size else { return }
    let news = size - entryCount
    if entryCount == 0 {
      _ = try file.scanning().run(limit: size, take: Self.copy) { add($0.content, $0.message) }
    } else {
      let reader = EntryReader()
      try log.visitLines(from: entryCount) { line in
        if let copy = try Self.copy(reader.read(line)) { add(copy.content, copy.message) }
      }
    }
    entryCount = size
    guard news > lag else { return }
    lastHash = try Self.hash(log, size - 1)
    try? write(path)
  }

  private init() {}

  private static func hash(_ log: LedgerLog, _ index: Int64) throws -> SHA256Hash? {
    try log.line(of: index).map { line in
      line.withUnsafeBytes { MerkleTree.leafHash($0) }
    }
  }

  @Sendable private static func copy(
    _ head: EntryHead
  ) throws -> (content: Handle, message: Message)? {
    guard head.kind == .marking, let marking = try head.event().body as? Marking else {
      return nil
    }
    return (marking.content, marking.message)
  }

  private mutating func add(_ content: Handle, _ message: Message) {
    let place =
      places[content]
      ?? {
        contents.append(content)
        messages.append([])
        places[content] = contents.count - 1
        return contents.count - 1
      }()
    messages[place].append(message)
  }

  // MARK: The file

  private func write(_ path: String) throws {
    var bytes = Self.magic
    func append(_ number: UInt64, _ count: Int) {
      for place in 0..<count {
        bytes.append(UInt8(truncatingIfNeeded: number >> (8 * UInt64(place))))
      }
    }
    append(UInt64(entryCount), 8)
    bytes += lastHash?.bytes ?? [UInt8](repeating: 0, count: 32)
    append(UInt64(contents.count), 4)
    for (content, list) in zip(contents, messages) {
      let name = Array(content.description.utf8)
      append(UInt64(name.count), 1)
      bytes += name
      append(UInt64(list.count), 8)
      for message in list {
        append(message.high, 8)
        append(message.low, 8)
      }
    }
    bytes += bytes.withUnsafeBytes { SHA256Hash.of($0) }.bytes
    let output = try OutputFile(path, contents: .binary)
    try bytes.withUnsafeBytes { try output.write($0) }
    try output.finish()
  }

  private init(path: String) throws {
    let file = try FileDescriptor.reading(path)
    let size = Int(try file.status().size)
    let bytes = try [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      count = try file.read(into: UnsafeMutableRawBufferPointer(buffer))
    }
    // A copy that is missing here would be nobody's.
    let end = max(bytes.count - 32, 0)
    let hash = bytes.withUnsafeBytes { SHA256Hash.of(UnsafeRawBufferPointer(rebasing: $0[..<end])) }
    guard hash.bytes == Array(bytes[end...]) else { throw UnreadableRegister() }
    var place = Self.magic.count
    func take(_ count: Int) throws -> UInt64 {
      guard place + count <= bytes.count else { throw UnreadableRegister() }
      defer { place += count }
      return (0..<count).reduce(0) { $0 | UInt64(bytes[place + $1]) << (8 * UInt64($1)) }
    }
    guard bytes.starts(with: Self.magic) else { throw UnreadableRegister() }
    entryCount = Int64(bitPattern: try take(8))
    guard place + 32 <= bytes.count else { throw UnreadableRegister() }
    lastHash = SHA256Hash(bytes: bytes[place..<place + 32])
    place += 32
    for _ in 0..<(try take(4)) {
      let length = Int(try take(1))
      guard place + length <= bytes.count else { throw UnreadableRegister() }
      let content = try Handle(String(decoding: bytes[place..<place + length], as: UTF8.self))
      place += length
      let count = Int(clamping: try take(8))
      guard count <= (bytes.count - place) / 16, places[content] == nil else {
        throw UnreadableRegister()
      }
      places[content] = contents.count
      contents.append(content)
      let start = place
      messages.append(
        bytes.withUnsafeBytes { bytes in
          (0..<count).map { number in
            let at = start + 16 * number
            return Message(
              high: UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self)),
              low: UInt64(
                littleEndian: bytes.loadUnaligned(fromByteOffset: at + 8, as: UInt64.self)))
          }
        })
      place += 16 * count
    }
  }
}

/// The file of copies is cut short or none.
private struct UnreadableRegister: Error {}
