import Dispatch
import Synchronization

/// Makes the bytes of a disc on several threads, some blocks ahead of what takes them: all cores open
/// and decode copies while one of them writes.
final class DiscStream: @unchecked Sendable {
  private static let blockSize = 1 << 20
  private static let blockCount = 6
  /// Two keep what writes busy.
  private static let workerCount = 2

  /// Between the semaphores of a block only one thread touches it.
  private struct Block {
    let bytes: UnsafeMutableRawBufferPointer
    /// Signalled when it is filled.
    let full = DispatchSemaphore(value: 0)
    /// How many bytes are filled; 0 is the end.
    var count = 0
    var fault: (any Error)?
  }

  private let blocks: UnsafeMutableBufferPointer<Block>
  /// Signalled for each block that may be filled; begins at zero, since a semaphore may not end below
  /// where it began.
  private let empty = DispatchSemaphore(value: 0)
  private let ended = DispatchSemaphore(value: 0)
  private let isStopped = Atomic(false)

  /// Who has the turn says which block gets which bytes; what is below is his.
  private let turn = Mutex(())
  /// What is not begun, the next one last.
  private var parts: [DiscPart]
  private var current: (fill: DiscPart.Fill, place: Int64, end: Int64)?
  private var nextBlock = 0
  private var isAtEnd = false

  /// Bytes that one thread is to make.
  private struct Job {
    let block: Int
    let fill: DiscPart.Fill
    let place: Int64
    let count: Int
  }

  /// Nobody takes any more bytes.
  private struct Stopped: Error {}

  /// - Parameter parts: all of the disc, in order.
  init(_ parts: [DiscPart]) {
    self.parts = parts.reversed()
    blocks = .allocate(capacity: Self.blockCount)
    for number in 0..<Self.blockCount {
      blocks.initializeElement(
        at: number, to: Block(bytes: .allocate(byteCount: Self.blockSize, alignment: 4096)))
    }
  }

  deinit {
    for block in blocks { block.bytes.deallocate() }
    blocks.deinitialize()
    blocks.deallocate()
  }

  /// Hands the bytes over, in order; once.
  ///
  /// - Parameter consume: takes them, on this thread.
  /// - Throws: what opening and making throw, and what `consume` throws; all threads have ended then.
  func run(_ consume: (UnsafeRawBufferPointer) throws -> Void) throws {
    for _ in 0..<Self.blockCount { empty.signal() }
    for _ in 0..<Self.workerCount { DispatchQueue.global().async { self.work() } }
    defer {
      isStopped.store(true, ordering: .releasing)
      empty.signal()
      for _ in 0..<Self.workerCount { ended.wait() }
    }
    var number = 0
    while true {
      blocks[number].full.wait()
      if let fault = blocks[number].fault { throw fault }
      let count = blocks[number].count
      if count == 0 { return }
      try consume(UnsafeRawBufferPointer(rebasing: blocks[number].bytes[..<count]))
      empty.signal()
      number = (number + 1) % Self.blockCount
    }
  }

  private func work() {
    while let job = turn.withLock({ _ in nextJob() }) {
      let bytes = UnsafeMutableRawBufferPointer(rebasing: blocks[job.block].bytes[..<job.count])
      do {
        try job.fill(job.place, bytes)
        finish(job.block, job.count)
      } catch { finish(job.block, 0, error) }
    }
    ended.signal()
  }

  private func finish(_ block: Int, _ count: Int, _ fault: (any Error)? = nil) {
    blocks[block].count = count
    blocks[block].fault = fault
    blocks[block].full.signal()
  }

  /// Waits for a block that may be filled.
  private func takeBlock() throws -> Int {
    empty.wait()
    if isStopped.load(ordering: .acquiring) { throw Stopped() }
    defer { nextBlock = (nextBlock + 1) % Self.blockCount }
    return nextBlock
  }

  /// The next bytes that can be made alone; parts that cannot are made meanwhile.
  private func nextJob() -> Job? {
    do {
      while !isAtEnd {
        if let (fill, place, end) = current {
          let job = Job(
            block: try takeBlock(), fill: fill, place: place,
            count: Int(min(Int64(Self.blockSize), end - place)))
          current = place + Int64(job.count) < end ? (fill, place + Int64(job.count), end) : nil
          return job
        }
        switch parts.popLast() {
        case .placed(let byteCount, let open):
          if byteCount > 0 { current = (try open(), 0, byteCount) }
        case .streamed(let send): try stream(send)
        case nil:
          isAtEnd = true
          finish(try takeBlock(), 0)
        }
      }
    } catch {
      isAtEnd = true
      if !(error is Stopped), let block = try? takeBlock() { finish(block, 0, error) }
    }
    return nil
  }

  /// Makes a part that is handed over from the first byte to the last.
  private func stream(
    _ send: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void
  ) throws {
    var block: Int?
    var filled = 0
    do {
      try send { bytes in
        var rest = bytes
        while !rest.isEmpty {
          let number = try block ?? takeBlock()
          block = number
          let count = min(rest.count, Self.blockSize - filled)
          UnsafeMutableRawBufferPointer(rebasing: blocks[number].bytes[filled..<filled + count])
            .copyMemory(from: UnsafeRawBufferPointer(rebasing: rest[..<count]))
          filled += count
          rest = UnsafeRawBufferPointer(rebasing: rest[count...])
          if filled == Self.blockSize {
            finish(number, filled)
            (block, filled) = (nil, 0)
          }
        }
      }
    } catch {
      guard let block else { throw error }
      // The block that was begun says it, since nobody reads on behind it.
      finish(block, 0, error)
      throw Stopped()
    }
    if let block { finish(block, filled) }
  }
}
