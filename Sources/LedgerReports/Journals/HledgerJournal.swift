import Ledger
import Trade

/// A journal for hledger that passes `hledger check -s ordereddates payees`.
struct HledgerJournal: JournalWriter {
  private let outline: JournalOutline
  private let output: ReportOutput
  private var dates: JournalDates
  private var balances: [JournalOutline.AccountCurrency: Int64]

  init(_ outline: JournalOutline, _ output: ReportOutput) {
    self.outline = outline
    self.output = output
    dates = JournalDates(startingWith: outline.firstDay)
    balances = outline.opening
  }

  private static let openingPayee = "opening balances"

  mutating func begin() throws {
    try output.writeLine("; book of \(outline.book)")
    try output.writeLine("")
    try output.writeLine("decimal-mark .")
    for currency in outline.currencies {
      // A decimal mark is wanted even where no digits follow it.
      let digits = String(repeating: "0", count: currency.minorDigits)
      try output.writeLine("commodity 1000.\(digits) \(currency)")
    }
    for path in outline.accounts.keys.map(\.description).sorted() {
      try output.writeLine("account \(path)")
    }
    for party in outline.counterparties.sorted() { try output.writeLine("payee \(party)") }
    if outline.opening.isEmpty { return }
    try output.writeLine("payee \(Self.openingPayee)")
    try output.writeLine("")
    try output.writeLine("\(outline.firstDay ?? .first) * \(Self.openingPayee)")
    for (key, amount) in outline.sortedOpening {
      try output.writeLine(Self.posting(key.path, amount, key.currency))
    }
  }

  mutating func add(_ journal: JournalEntry) throws {
    let entry = journal.entry
    let date = dates.date(of: entry.time)
    let mark = outline.isUnpaid(journal) ? "!" : "*"
    var text =
      "\n\(date) \(mark) (\(entry.index)) \(journal.counterparty) | \(journal.entry.title)\n"
    text += "    ; entry:\(entry.index), id:\(Self.tagValue("\(entry.id)")), time:\(entry.time)\n"
    if let order = entry.billed?.order { text += "    ; order:\(Self.tagValue("\(order)"))\n" }
    for posting in journal.postings {
      let key = JournalOutline.AccountCurrency(
        path: posting.account.path, currency: journal.currency)
      balances[key, default: 0] += posting.amount
      text += Self.posting(key.path, posting.amount, key.currency)
      if journal.isSettlement, key.path.isClaim {
        text += " = \(decimalText(balances[key] ?? 0, key.currency)) \(key.currency)"
      }
      text += "\n"
    }
    try output.write(text)
  }

  mutating func finish() throws {
    try output.writeLine("")
    try output.writeLine(ReportFormat.hledger.treeLine(outline.head))
    try output.finish()
  }

  private static func posting(_ path: Account.Path, _ amount: Int64, _ currency: Currency) -> String
  {
    "    \(path.description.padded(to: 48))  "
      + "\(decimalText(amount, currency).paddedLeft(to: 14)) \(currency)"
  }

  /// A handle as the value of a tag, which ends at a comma: commas become `%2C`.
  ///
  /// No handle has a percent sign, so the handle can be told from the value.
  private static func tagValue(_ handle: String) -> String { handle.replacing(",", with: "%2C") }
}
