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
  /// Whether the bytes at the end of a ledger are the beginning of an entry, perhaps followed by
  /// zeros.
  static func isPlausible(_ storage: any LogStorage, from place: Int64, count: Int) throws -> Bool {
    var bytes = [UInt8](repeating: 0, count: min(count, EntryReader.longestLine + 1))
    let read = try bytes.withUnsafeMutableBytes { try storage.read(at: place, into: $0) }
    return isPlausible(bytes[..<read])
  }

  /// Whether bytes are the beginning of an entry, perhaps followed by zeros.
  static func isPlausible(_ bytes: ArraySlice<UInt8>) -> Bool {
    if bytes.count > EntryReader.longestLine { return false }
    let written = bytes.reversed().drop { $0 == 0 }.reversed()
    if written.isEmpty { return true }
    let text = CanonicalText()
    return Array(written).withUnsafeBytes { line in
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
