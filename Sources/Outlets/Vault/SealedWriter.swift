import CommandLineSupport

/// Seals a file while it comes in: no byte of plaintext reaches the disk.
final class SealedWriter {
  private let file: FileDescriptor
  private let seal: Seal
  private let sealed = UnsafeMutableRawBufferPointer.allocate(
    byteCount: Seal.sealedChunkSize, alignment: 64)
  private let waiting = UnsafeMutableRawBufferPointer.allocate(
    byteCount: Seal.chunkSize, alignment: 64)
  private var waitingCount = 0
  private var chunk: Int64 = 0

  /// - Parameters:
  ///   - file: an empty file.
  ///   - seal: how it is sealed.
  init(_ file: FileDescriptor, _ seal: Seal) {
    self.file = file
    self.seal = seal
  }

  deinit {
    sealed.deallocate()
    waiting.initializeMemory(as: UInt8.self, repeating: 0)
    waiting.deallocate()
  }

  /// Takes the next bytes; with the last of them the file is whole.
  ///
  /// - Throws: `SystemError`.
  func write(_ bytes: UnsafeRawBufferPointer) throws {
    var rest = bytes
    while !rest.isEmpty {
      let size = seal.size(ofChunk: chunk)
      precondition(size > 0, "more bytes than the file has")
      if waitingCount == 0, rest.count >= size {
        try put(UnsafeRawBufferPointer(rebasing: rest[..<size]))
        rest = UnsafeRawBufferPointer(rebasing: rest[size...])
        continue
      }
      let count = min(rest.count, size - waitingCount)
      UnsafeMutableRawBufferPointer(rebasing: waiting[waitingCount..<waitingCount + count])
        .copyMemory(from: UnsafeRawBufferPointer(rebasing: rest[..<count]))
      waitingCount += count
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      if waitingCount == size {
        try put(UnsafeRawBufferPointer(rebasing: waiting[..<size]))
        waitingCount = 0
      }
    }
  }

  private func put(_ plaintext: UnsafeRawBufferPointer) throws {
    let target = UnsafeMutableRawBufferPointer(
      rebasing: sealed[..<(plaintext.count + Seal.tagSize)])
    seal.seal(plaintext, chunk: chunk, into: target)
    try file.write(UnsafeRawBufferPointer(target))
    chunk += 1
  }
}
