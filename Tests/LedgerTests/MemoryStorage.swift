import Ledger

/// The bytes of a ledger in memory, for reading.
final class MemoryStorage: LogStorage {
  let name = "memory"
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func size() -> Int64 { Int64(bytes.count) }

  func read(at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let count = max(0, min(buffer.count, bytes.count - Int(offset)))
    if count > 0 { buffer.copyBytes(from: bytes[Int(offset)..<Int(offset) + count]) }
    return count
  }

  func lock(milliseconds: Int) {}
  func unlock() {}
  func append(_ bytes: UnsafeRawBufferPointer) { fatalError("only for reading") }
  func truncate(to size: Int64) { fatalError("only for reading") }
  func synchronize() {}
}
