import Ledger
import Trade
import TransparencyLog

/// The book of one party, transaction by transaction.
package struct JournalReport {
  private let source: ReportSource
  private let book: PartySelector
  private let window: ReportWindow

  /// - Parameters:
  ///   - source: the entries.
  ///   - book: whose book.
  ///   - window: what is shown; what lies before it is carried forward.
  package init(_ source: ReportSource, book: PartySelector, window: ReportWindow) {
    self.source = source
    self.book = book
    self.window = window
  }

  /// Writes the journal in any format.
  ///
  /// The ledger is read twice: what a journal starts with depends on its end.
  ///
  /// - Throws: what reading throws, `ReportFault` for a party without a book, `SystemError`.
  package func write(_ format: ReportFormat, _ output: ReportOutput) throws {
    let outline = try JournalOutline(source, book: book, window: window)
    var writer: any JournalWriter =
      switch format {
      case .hledger: HledgerJournal(outline, output)
      case .beancount: BeancountJournal(outline, output)
      case .text, .tsv, .ndjson: try PostingTable(outline, format, output)
      }
    try writer.begin()
    // The ledger may have grown meanwhile.
    let covered = ReportSource(source.file, .size(Int64(outline.head.size)))
    let (book, window) = (book, window)
    _ = try covered.scan { head -> JournalEntry? in
      guard window.contains(head.time) else { return nil }
      return try MoneyEntry(head).flatMap { JournalEntry($0, in: book) }
    } gather: {
      try writer.add($0)
    }
    try writer.finish()
  }
}

/// Writes a journal in one of the formats.
protocol JournalWriter {
  /// Writes what stands before the first transaction, the opening balances among it.
  mutating func begin() throws
  /// Writes a transaction.
  mutating func add(_ entry: JournalEntry) throws
  /// Writes what stands behind the last transaction, and makes the output final.
  mutating func finish() throws
}

/// The dates of a journal, which never go backwards although the clocks of writers may.
struct JournalDates {
  private var latest: Day?

  /// - Parameter first: the day that the journal starts with.
  init(startingWith first: Day?) { latest = first }

  /// The date of an entry: its own day, or that of an earlier entry when that is later.
  mutating func date(of time: UTCTime) -> Day {
    let day = max(time.day, latest ?? time.day)
    latest = day
    return day
  }

  /// The date of the last entry.
  var last: Day? { latest }
}

/// A journal as rows, one a posting, for people and programs.
private struct PostingTable: JournalWriter {
  private let outline: JournalOutline
  private let table: ReportTable

  init(_ outline: JournalOutline, _ format: ReportFormat, _ output: ReportOutput) throws {
    self.outline = outline
    table = try ReportTable(
      "posting",
      [
        Column("entry", .integer), Column("time", .time), Column("id"), Column("party"),
        Column("title", isForPeople: false), Column("account"), Column("amount", .money),
        Column("currency"),
      ], format, output)
  }

  mutating func begin() throws {
    for (key, amount) in outline.sortedOpening {
      try table.add([
        .integer(nil), .time(nil), .text(nil), .text(nil), .text("opening balance"),
        .text(key.path.description), .money(amount, key.currency), .text("\(key.currency)"),
      ])
    }
  }

  mutating func add(_ journal: JournalEntry) throws {
    for posting in journal.postings {
      try table.add([
        .integer(journal.entry.index), .time(journal.entry.time), .text("\(journal.entry.id)"),
        .text("\(journal.counterparty)"), .text(journal.entry.title),
        .text(posting.account.path.description), .money(posting.amount, journal.currency),
        .text("\(journal.currency)"),
      ])
    }
  }

  mutating func finish() throws { try table.finish(outline.head) }
}
