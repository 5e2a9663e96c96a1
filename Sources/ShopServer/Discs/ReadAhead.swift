import Dispatch
import Synchronization

/// Runs what makes bytes on a second thread, some blocks ahead of what takes them: one core opens and
/// decodes copies while the other writes.
final class ReadAhead: @unchecked Sendable {
  private static let blockSize = 1 << 18
  private static let blockCount = 4

  /// Signalled for each block that may be filled; begins at zero, since a semaphore may not end below
  /// where it began.
  private let empty = DispatchSemaphore(value: 0)
  /// Signalled for each block that is filled, and at the end.
  private let full = DispatchSemaphore(value: 0)
  private let ended = DispatchSemaphore(value: 0)
  private let isStopped = Atomic(false)
  /// Between two semaphores only one thread touches a block.
  private var blocks: [UnsafeMutableRawBufferPointer]
  private var counts: [Int]
  private var fault: (any Error)?
  private let produce: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void

  /// Nobody takes the bytes any more.
  private struct Stopped: Error {}

  /// - Parameter produce: hands bytes over.
  init(_ produce: @escaping ((UnsafeRawBufferPointer) throws -> Void) throws -> Void) {
    self.produce = produce
    blocks = (0..<Self.blockCount).map { _ in
      .allocate(byteCount: Self.blockSize, alignment: 4096)
    }
    counts = Array(repeating: 0, count: Self.blockCount)
  }

  deinit { for block in blocks { block.deallocate() } }

  /// Hands the bytes on, in the same order.
  ///
  /// - Parameter consume: takes them, on this thread.
  /// - Throws: what either throws; both have ended then.
  func run(_ consume: (UnsafeRawBufferPointer) throws -> Void) throws {
    for _ in 0..<Self.blockCount { empty.signal() }
    DispatchQueue.global().async { self.fill() }
    defer {
      isStopped.store(true, ordering: .releasing)
      empty.signal()
      ended.wait()
    }
    var number = 0
    while true {
      full.wait()
      let count = counts[number]
      if count == 0 { break }
      try consume(UnsafeRawBufferPointer(rebasing: blocks[number][..<count]))
      empty.signal()
      number = (number + 1) % Self.blockCount
    }
    if let fault { throw fault }
  }

  private func fill() {
    var number = 0
    var filled = 0
    func publish() throws {
      counts[number] = filled
      full.signal()
      number = (number + 1) % Self.blockCount
      filled = 0
      try begin()
    }
    func begin() throws {
      empty.wait()
      if isStopped.load(ordering: .acquiring) { throw Stopped() }
    }
    do {
      try begin()
      try produce { bytes in
        var rest = bytes
        while !rest.isEmpty {
          let count = min(rest.count, Self.blockSize - filled)
          UnsafeMutableRawBufferPointer(rebasing: blocks[number][filled..<filled + count])
            .copyMemory(from: UnsafeRawBufferPointer(rebasing: rest[..<count]))
          filled += count
          rest = UnsafeRawBufferPointer(rebasing: rest[count...])
          if filled == Self.blockSize { try publish() }
        }
      }
      if filled > 0 { try publish() }
    } catch {
      if !(error is Stopped) { fault = error }
    }
    counts[number] = 0
    full.signal()
    ended.signal()
  }
}
