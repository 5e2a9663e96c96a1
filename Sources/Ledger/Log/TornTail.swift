extension LedgerLog {
  /// Whether the bytes behind the last line can have been left by a writer that died: the beginning
  /// of the entry that would come next, perhaps with zeros that the disk has put there.
  ///
  /// Anything else, such as an entry whose line end was changed, is damage.
  package func isTorn() throws -> Bool {
    try TornTail.isPlausible(storage, from: coverage.end, count: tornBytes)
  }
}

/// Bytes without a line end at the end of a ledger.
enum TornTail {
  /// Where the zeros at the end of a ledger start, which a disk may leave in place of all that was
  /// written last; most ledgers have none.
  static func sizeWithoutZeros(_ storage: any LogStorage, _ size: Int64) throws -> Int64 {
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    var (end, wanted) = (size, 1)
    while end > 0 {
      let count = Int(min(Int64(wanted), end))
      let read = try bytes.withUnsafeMutableBytes { buffer in
        try storage.read(
          at: end - Int64(count), into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<count]))
      }
      // Another process has cut them off meanwhile.
      if read < count { return try sizeWithoutZeros(storage, min(storage.size(), end - 1)) }
      if let last = bytes[..<count].lastIndex(where: { $0 != 0 }) {
        return end - Int64(count - last - 1)
      }
      end -= Int64(count)
      wanted = bytes.count
    }
    return end
  }

  /// Whether the bytes at the end of a ledger are the beginning of an entry, perhaps followed by
  /// zeros.
  static func isPlausible(_ storage: any LogStorage, from place: Int64, count: Int) throws -> Bool {
    let end = try sizeWithoutZeros(storage, place + Int64(count))
    if end <= place { return end == place }
    var bytes = [UInt8](repeating: 0, count: Int(min(end - place, Int64(longest + 1))))
    let read = try bytes.withUnsafeMutableBytes { try storage.read(at: place, into: $0) }
    return isPlausible(bytes[..<read])
  }

  private static let longest = EntryReader.longestLine

  /// Whether bytes are the beginning of an entry.
  private static func isPlausible(_ bytes: ArraySlice<UInt8>) -> Bool {
    if bytes.count > longest { return false }
    let text = CanonicalText()
    return Array(bytes).withUnsafeBytes { line in
      do {
        // A whole entry without its end: it was never promised either.
        _ = try EntryReader().read(line)
        return true
      } catch {}
      do throws(CanonicalFault) { _ = try text.read(line) } catch {
        return error.reason == .endsEarly
      }
      return false
    }
  }
}
