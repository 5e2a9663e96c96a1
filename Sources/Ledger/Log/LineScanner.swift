import Glibc

/// Reads the complete lines of a stretch of a ledger in blocks, in constant memory.
package struct LineScanner {
  private let storage: any LogStorage

  package init(_ storage: any LogStorage) { self.storage = storage }

  /// Shows the lines without their ends.
  ///
  /// - Parameters:
  ///   - start: where the first line starts.
  ///   - end: where to stop reading.
  ///   - buffer: at least 128 KiB, for the blocks.
  ///   - body: called with each line and its place; false ends the scan.
  /// - Returns: where the first line that was not shown starts: the place of the torn tail, if any.
  /// - Throws: what the storage or `body` throws; `EntryFault.tooLong` for a line without end.
  @discardableResult
  package func scan(
    from start: Int64, to end: Int64, _ buffer: inout [UInt8],
    _ body: (UnsafeRawBufferPointer, Int64) throws -> Bool
  ) throws -> Int64 {
    precondition(buffer.count > 2 * EntryReader.longestLine)
    var place = start
    var filled = 0
    var next = start
    while true {
      let wanted = Int(min(Int64(buffer.count - filled), end - next))
      let count = try buffer.withUnsafeMutableBytes { bytes in
        try storage.read(
          at: next, into: UnsafeMutableRawBufferPointer(rebasing: bytes[filled..<filled + wanted]))
      }
      next += Int64(count)
      filled += count
      var done = 0
      let isContinued = try buffer.withUnsafeBytes { bytes in
        while let found = bytes.firstLineEnd(in: done..<filled) {
          let line = UnsafeRawBufferPointer(rebasing: bytes[done..<found])
          if try !body(line, place) { return false }
          place += Int64(line.count + 1)
          done = found + 1
        }
        return true
      }
      if !isContinued { return place }
      filled -= done
      if filled > EntryReader.longestLine { throw EntryFault.tooLong(filled) }
      if count < wanted || next == end { return place }
      buffer.withUnsafeMutableBytes { bytes in
        bytes.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[done..<done + filled]))
      }
    }
  }
}

extension UnsafeRawBufferPointer {
  /// The place of the first line end in a range.
  @inline(__always) package func firstLineEnd(in range: Range<Int>) -> Int? {
    guard let base = baseAddress,
      let found = memchr(base + range.lowerBound, 0x0A, range.count)
    else { return nil }
    return UnsafeRawPointer(found) - base
  }
}
