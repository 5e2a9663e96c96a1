import Dispatch
import Glibc
import Outlets
import Synchronization

/// Makes the bytes of a disc on several threads, some blocks ahead of what takes them: all cores open
/// and decode copies, and one of them writes between.
///
/// The thread that takes the bytes makes blocks, too, while the next one is not ready: on a machine with
/// other work it does not wait for threads that wait for a core.
final class DiscStream: @unchecked Sendable {
  /// A multiple of the chunks that copies are opened in.
  private static let blockSize = 8 * HeldFile.chunkSize
  private static let blockCount = 12
  /// Besides the thread that takes the bytes.
  private static let workerCount = min(max(sysconf(CInt(_SC_NPROCESSORS_ONLN)) - 1, 1), 3)

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
  private var current: Placed?
  private var nextBlock = 0
  private var isAtEnd = false

  /// A part that is being made.
  private struct Placed {
    let fill: DiscPart.Fill
    let byteCount: Int64
    let phase: Int64
    var place: Int64 = 0

    /// The next bytes: to the end of a block where the copy is cut into blocks.
    var pieceSize: Int {
      let size = Int64(DiscStream.blockSize)
      return Int(min(size - (phase + place) % size, byteCount - place))
    }
  }

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
      while blocks[number].full.wait(timeout: .now()) == .timedOut {
        guard let job = turn.withLockIfAvailable({ _ in jobAtHand() }) ?? nil else {
          blocks[number].full.wait()
          break
        }
        make(job)
      }
      if let fault = blocks[number].fault { throw fault }
      let count = blocks[number].count
      if count == 0 { return }
      try consume(UnsafeRawBufferPointer(rebasing: blocks[number].bytes[..<count]))
      empty.signal()
      number = (number + 1) % Self.blockCount
    }
  }

  private func work() {
    while let job = turn.withLock({ _ in nextJob() }) { make(job) }
    ended.signal()
  }

  private func make(_ job: Job) {
    let bytes = UnsafeMutableRawBufferPointer(rebasing: blocks[job.block].bytes[..<job.count])
    do {
      try job.fill(job.place, bytes)
      finish(job.block, job.count)
    } catch { finish(job.block, 0, error) }
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
    return advance()
  }

  private func advance() -> Int {
    defer { nextBlock = (nextBlock + 1) % Self.blockCount }
    return nextBlock
  }

  /// The next bytes of the part that is being made, if a block may be filled now.
  private func jobAtHand() -> Job? {
    guard let part = current, empty.wait(timeout: .now()) == .success else { return nil }
    return job(of: part, in: advance())
  }

  private func job(of part: Placed, in block: Int) -> Job {
    let job = Job(block: block, fill: part.fill, place: part.place, count: part.pieceSize)
    current?.place += Int64(job.count)
    if current?.place == part.byteCount { current = nil }
    return job
  }

  /// The next bytes that can be made alone; parts that cannot are made meanwhile.
  private func nextJob() -> Job? {
    do {
      while !isAtEnd {
        if let part = current { return job(of: part, in: try takeBlock()) }
        switch parts.popLast() {
        case .placed(let byteCount, let phase, let open):
          if byteCount > 0 {
            current = Placed(fill: try open(), byteCount: byteCount, phase: phase)
          }
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
