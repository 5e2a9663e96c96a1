import CommandLineSupport
import Synchronization

/// A copy that a home server holds, open for reading; any number of threads may read at once.
///
/// Every byte that is handed out belongs to a chunk that was verified. A holding that is ended while
/// the file is open can be read on, since the key is in memory: whoever keeps files open asks
/// `Holding.isHeld` before he serves from them, and closes them by letting go of this object.
package final class HeldFile: Sendable {
  /// Bytes that are opened together: whole ones are read fastest.
  package static let chunkSize = Seal.chunkSize

  /// The size of the copy.
  package let byteCount: Int64

  private let file: FileDescriptor
  private let seal: Seal
  /// The chunk that was read in part last.
  private let recent = Mutex(Recent())

  private struct Recent {
    var chunk: Int64 = -1
    var bytes: [UInt8] = []
  }

  /// - Throws: `HoldingFault.damaged` when the file does not have the size it must have.
  init(_ file: FileDescriptor, _ seal: Seal) throws {
    self.file = file
    self.seal = seal
    byteCount = seal.byteCount
    guard try file.status().size == seal.sealedByteCount else {
      throw HoldingFault.damaged(file.name)
    }
  }

  /// Reads bytes of the copy until the buffer is full or the copy ends.
  ///
  /// - Parameters:
  ///   - offset: where they start, from 0.
  ///   - buffer: takes them; of no use when this throws.
  /// - Returns: how many bytes were read; fewer than the buffer holds only at the end.
  /// - Throws: `HoldingFault.damaged` when the file was changed, or `SystemError`.
  package func read(at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    precondition(offset >= 0)
    let wanted = Int(min(Int64(buffer.count), max(0, byteCount - offset)))
    var done = 0
    while done < wanted {
      let place = offset + Int64(done)
      let chunk = place / Int64(Seal.chunkSize)
      let start = Int(place % Int64(Seal.chunkSize))
      let size = seal.size(ofChunk: chunk)
      let count = min(size - start, wanted - done)
      let target = UnsafeMutableRawBufferPointer(rebasing: buffer[done..<done + count])
      if count == size {
        try open(chunk, into: target)
      } else {
        try copy(from: chunk, start, into: target)
      }
      done += count
    }
    return wanted
  }

  /// Copies a part of a chunk, which is kept for the next part.
  private func copy(
    from chunk: Int64, _ start: Int, into target: UnsafeMutableRawBufferPointer
  ) throws {
    let isKnown = recent.withLock { recent in
      guard recent.chunk == chunk else { return false }
      recent.bytes.withUnsafeBytes { bytes in
        target.copyMemory(
          from: UnsafeRawBufferPointer(rebasing: bytes[start..<start + target.count]))
      }
      return true
    }
    if isKnown { return }
    var bytes = [UInt8](repeating: 0, count: seal.size(ofChunk: chunk))
    try bytes.withUnsafeMutableBytes { try open(chunk, into: $0) }
    bytes.withUnsafeBytes { bytes in
      target.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[start..<start + target.count]))
    }
    recent.withLock { $0 = Recent(chunk: chunk, bytes: bytes) }
  }

  /// Reads and opens a whole chunk.
  private func open(_ chunk: Int64, into target: UnsafeMutableRawBufferPointer) throws {
    try withUnsafeTemporaryAllocation(
      byteCount: target.count + Seal.tagSize, alignment: 64
    ) { sealed in
      let place = chunk * Int64(Seal.sealedChunkSize)
      guard try file.read(into: sealed, at: place) == sealed.count,
        seal.open(UnsafeRawBufferPointer(sealed), chunk: chunk, into: target)
      else { throw HoldingFault.damaged(file.name) }
    }
  }
}
