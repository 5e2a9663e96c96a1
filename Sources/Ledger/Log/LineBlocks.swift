import Glibc

/// Reads a ledger in runs of whole blocks of lines, so that the blocks of a run can be worked on at
/// the same time.
struct LineBlocks {
  /// A run of complete lines.
  struct Run {
    /// The bytes the lines are in.
    let bytes: UnsafeRawBufferPointer
    /// The number of the first entry.
    let first: Int64
    /// Where `bytes` start in the ledger.
    let place: Int64
    /// Where each line starts in `bytes`, and at the end where the next one would.
    let starts: [Int]

    var count: Int { starts.count - 1 }

    /// A line without its end.
    func line(_ number: Int) -> UnsafeRawBufferPointer {
      UnsafeRawBufferPointer(rebasing: bytes[starts[number]..<starts[number + 1] - 1])
    }

    /// The lines of a block: pieces of at most 256 lines, whose first is a multiple of 256 counted
    /// from the first entry of the ledger.
    func lines(ofBlock block: Int) -> Range<Int> {
      let size = Int(Coverage.blockSize)
      return block * size..<min(block * size + size, count)
    }

    var blockCount: Int { (count + Int(Coverage.blockSize) - 1) / Int(Coverage.blockSize) }
  }

  let storage: any LogStorage
  /// How many bytes are read at once; grown where a block takes more.
  private static let bufferSize = 2 << 20

  /// Shows all complete lines from a place on.
  ///
  /// - Parameters:
  ///   - start: where to start.
  ///   - first: the number of the entry there, a multiple of 256.
  ///   - end: where to stop reading, at most the size of the ledger.
  ///   - limit: the number of the entry to stop before.
  ///   - body: called with each run, in order; only the last run may end within a block.
  /// - Returns: where the first line that was not shown starts.
  /// - Throws: what the storage or `body` throws; `EntryFault.tooLong` for lines without end.
  @discardableResult
  func read(
    from start: Int64, first: Int64, to end: Int64, limit: Int64 = .max,
    _ body: (Run) throws -> Void
  ) throws -> Int64 {
    precondition(first % Coverage.blockSize == 0)
    var buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.bufferSize, alignment: 64)
    defer { buffer.deallocate() }
    var (place, first) = (start, first)
    var filled = 0
    while first < limit {
      let wanted = Int(min(Int64(buffer.count - filled), end - place - Int64(filled)))
      let count = try storage.read(
        at: place + Int64(filled),
        into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled..<filled + wanted]))
      filled += count
      let isLast = count < wanted || place + Int64(filled) >= end
      var starts = Self.lineStarts(buffer, filled, atMost: Int(min(limit - first, 1 << 20)))
      if !isLast, first + Int64(starts.count - 1) < limit {
        starts.removeLast((starts.count - 1) % Int(Coverage.blockSize))
      }
      if starts.count == 1, !isLast {
        if filled > 257 * (EntryReader.longestLine + 1) { throw EntryFault.tooLong(filled) }
        let larger = UnsafeMutableRawBufferPointer.allocate(
          byteCount: buffer.count * 2, alignment: 64)
        larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[..<filled]))
        buffer.deallocate()
        buffer = larger
        continue
      }
      let used = starts[starts.count - 1]
      if starts.count > 1 {
        try body(
          Run(bytes: UnsafeRawBufferPointer(buffer), first: first, place: place, starts: starts))
      }
      first += Int64(starts.count - 1)
      place += Int64(used)
      if isLast { break }
      filled -= used
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[used..<used + filled]))
    }
    return place
  }

  private static func lineStarts(
    _ buffer: UnsafeMutableRawBufferPointer, _ filled: Int, atMost count: Int
  ) -> [Int] {
    let bytes = UnsafeRawBufferPointer(buffer)
    var starts = [0]
    while starts.count <= count,
      let end = bytes.firstLineEnd(in: starts[starts.count - 1]..<filled)
    {
      starts.append(end + 1)
    }
    return starts
  }
}
