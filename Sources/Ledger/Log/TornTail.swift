extension LedgerLog {
  /// Whether the bytes behind the last line can have been left by a writer that died: the beginning
  /// of the entry that would come next, perhaps with zeros that the disk has put there.
  ///
  /// Anything else, such as an entry whose line end was changed, is damage.
  package func isTorn() throws -> Bool {
    var bytes = [UInt8](repeating: 0, count: min(tornBytes, EntryReader.longestLine + 1))
    let count = try bytes.withUnsafeMutableBytes { try storage.read(at: coverage.end, into: $0) }
    return TornTail.isPlausible(bytes[..<count])
  }
}

/// Bytes without a line end at the end of a ledger.
enum TornTail {
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
