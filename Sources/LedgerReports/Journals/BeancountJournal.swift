import Ledger
import Trade

/// A journal for beancount that passes `bean-check`; it ends with what all accounts hold.
struct BeancountJournal: JournalWriter {
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

  mutating func begin() throws {
    try output.writeLine("; book of \(outline.book)")
    try output.writeLine("")
    try output.writeLine("option \"title\" \(Self.literal("\(outline.book)"))")
    let first = outline.firstDay ?? .first
    for currency in outline.currencies { try output.writeLine("\(first) commodity \(currency)") }
    let accounts = outline.accounts.map { (BeancountAccount.name($0.key), $0.value.sorted()) }
    for (name, currencies) in accounts.sorted(by: { $0.0 < $1.0 }) {
      let codes = currencies.map(\.code).joined(separator: ",")
      try output.writeLine("\(first) open \(name) \(codes)")
    }
    if outline.opening.isEmpty { return }
    try output.writeLine("")
    try output.writeLine("\(first) * \"opening balances\"")
    for (key, amount) in outline.sortedOpening {
      try output.writeLine(Self.posting(key.path, amount, key.currency))
    }
  }

  mutating func add(_ journal: JournalEntry) throws {
    let entry = journal.entry
    let date = dates.date(of: entry.time)
    let mark = outline.isUnpaid(journal) ? "!" : "*"
    var text = "\n\(date) \(mark) \(Self.literal("\(journal.counterparty)")) "
    text += "\(Self.literal(journal.entry.title))\n"
    text += "  entry: \(entry.index)\n"
    text += "  id: \(Self.literal("\(entry.id)"))\n"
    text += "  time: \"\(entry.time)\"\n"
    if let order = entry.billed?.order { text += "  order: \(Self.literal("\(order)"))\n" }
    for posting in journal.postings {
      let key = JournalOutline.AccountCurrency(
        path: posting.account.path, currency: journal.currency)
      balances[key, default: 0] += posting.amount
      text += Self.posting(key.path, posting.amount, key.currency) + "\n"
    }
    try output.write(text)
  }

  /// Balances are those of a day's beginning: they stand on the day behind the last one.
  mutating func finish() throws {
    try output.writeLine("")
    if let last = dates.last, let next = Day(number: last.number + 1) {
      let all = balances.map { (BeancountAccount.name($0.key.path), $0.key.currency, $0.value) }
      for (name, currency, amount) in all.sorted(by: { ($0.0, $0.1) < ($1.0, $1.1) }) {
        try output.writeLine("\(next) balance \(name) \(decimalText(amount, currency)) \(currency)")
      }
      try output.writeLine("")
    }
    try output.writeLine(ReportFormat.beancount.treeLine(outline.head))
    try output.finish()
  }

  private static func posting(_ path: Account.Path, _ amount: Int64, _ currency: Currency) -> String
  {
    "  \(BeancountAccount.name(path).padded(to: 48))  "
      + "\(decimalText(amount, currency).paddedLeft(to: 14)) \(currency)"
  }

  /// A text in quotation marks.
  private static func literal(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}
