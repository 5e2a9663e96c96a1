package import CommandLineSupport
package import Ledger

extension WritingOptions {
  /// Appends entries as `LedgerLog.append` does, and warns when the clock is behind.
  ///
  /// - Parameters:
  ///   - log: the ledger.
  ///   - author: who writes.
  ///   - diagnostics: where the warning goes.
  ///   - make: makes the entries from what the ledger says, under its lock.
  /// - Returns: the receipts.
  /// - Throws: as `LedgerLog.append`.
  package func append(
    to log: LedgerLog, by author: Author, _ diagnostics: Diagnostics,
    _ make: (Facts) throws -> [Draft]
  ) throws -> [Receipt] {
    let receipts = try log.append(by: author, lockMilliseconds: lockMilliseconds, make)
    // Times are whole seconds: one of difference says nothing about two clocks.
    if log.secondsBehind > 1 {
      diagnostics.warning(
        "the clock is \(log.secondsBehind) s behind the time of the entry before",
        hint: "set the clock; the entry is kept, and entries are in the order of their numbers")
    }
    return receipts
  }

  /// Appends entries for the lines of a file or stream: with one sync for each 4096, of which all
  /// or none are kept.
  ///
  /// - Parameters:
  ///   - input: the file; `-` is standard input.
  ///   - log: the ledger.
  ///   - author: who writes.
  ///   - diagnostics: where warnings go.
  ///   - rehearsed: shown what would be written; nothing is when this is given.
  ///   - parse: makes something of a line and its number, counted from 1.
  ///   - make: makes the entries for a run of such lines.
  ///   - afterwards: called with the lines' results once their entries are kept.
  /// - Throws: `DraftFault`, which names the line, and as `LedgerLog.append`.
  package func appendLines<Line>(
    of input: String, to log: LedgerLog, by author: Author, _ diagnostics: Diagnostics,
    rehearsed: (([Draft]) throws -> Void)? = nil,
    parse: (UnsafeRawBufferPointer, Int) throws -> Line,
    make: (Facts, [Line]) throws -> [Draft],
    afterwards: ([Line], [Receipt]) throws -> Void
  ) throws {
    let source = try LineSource(FileDescriptor.reading(input))
    var lines: [Line] = []
    var number = 0
    log.indexLag = 1 << 16
    defer { log.extendIndex() }
    func flush() throws {
      if let rehearsed {
        try rehearsed(log.rehearse(by: author) { try make($0, lines) })
      } else {
        let receipts = try append(to: log, by: author, diagnostics) { try make($0, lines) }
        try afterwards(lines, receipts)
      }
      lines.removeAll(keepingCapacity: true)
    }
    while let bytes = try source.next() {
      number += 1
      try locating(number) { lines.append(try bytes.withUnsafeBytes { try parse($0, number) }) }
      if lines.count == 4096 { try flush() }
    }
    if !lines.isEmpty { try flush() }
  }
}

/// Names a line of input in what is thrown.
package func locating<Result>(_ line: Int, _ body: () throws -> Result) throws -> Result {
  do { return try body() } catch let error as any ExplainedError
    where !(error is DraftFault) && !(error is SystemError)
  {
    throw DraftFault(line: line, error)
  }
}
