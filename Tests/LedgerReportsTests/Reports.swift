import CommandLineSupport
import Ledger
import LedgerReports
import Trade
import _TestSupport

extension RandomTrade {
  /// All parties that keep a book.
  static var books: [PartyReference] {
    get throws {
      try (["content-server:cs"] + parties).map { try PartyReference($0) }
        .filter { $0.kind.keepsBook }
    }
  }

  /// Writes a report to a file of the folder and returns its text.
  @discardableResult
  func report(_ name: String, _ make: (ReportSource, ReportOutput) throws -> Void) throws -> String
  {
    try make(
      ReportSource(file), ReportOutput(OutputFile(folder.path(name), contents: .text)))
    return String(decoding: try folder.read(name), as: UTF8.self)
  }

  /// The journal of a book.
  @discardableResult
  func journal(
    _ book: PartyReference, _ format: ReportFormat, as name: String,
    window: ReportWindow = .always
  ) throws -> String {
    try report(name) { source, output in
      try JournalReport(source, book: PartySelector("\(book)"), window: window)
        .write(format, output)
    }
  }

  /// What the entries add up to, computed from the lines one by one.
  func recomputed() throws -> [Balance] {
    var sums: [String: (Balance, Int64)] = [:]
    _ = try file.scanning().run { head -> Event? in
      head.kind == .billed || head.kind == .payment ? try head.event() : nil
    } gather: { event in
      guard
        let currency = (event.body as? Billed)?.currency ?? (event.body as? Payment)?.currency
      else { return }
      for posting in postings(of: event) {
        let (book, path) = (posting.account.book, posting.account.path.description)
        let key = "\(book) \(path) \(currency)"
        let sum = (sums[key]?.1 ?? 0) + posting.amount
        sums[key] = (Balance(book: book, account: path, currency: currency, amount: sum), sum)
      }
    }
    return sums.values.map(\.0).filter { $0.amount != 0 }.sorted()
  }
}

/// Amounts by account and currency, as a referee prints them.
struct RefereeBalances: Equatable {
  /// Minor units by `ACCOUNT CURRENCY`, without zeros.
  var amounts: [String: Int64] = [:]

  /// Reads lines of CSV: account, currency and number.
  init(csv: String, account: Int, currency: Int, number: Int) throws {
    for line in csv.split(whereSeparator: \.isNewline).dropFirst() {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false).map {
        String($0).replacing("\"", with: "").replacing(" ", with: "")
      }
      guard fields.count > max(account, currency, number) else {
        throw TestFailure("not a balance: \(line)")
      }
      if fields[account] == "total" || fields[account] == "Total:" { continue }
      let unit = try Currency(fields[currency])
      let amount = try Self.amount(fields[number], unit)
      if amount != 0 { amounts["\(fields[account]) \(unit)"] = amount }
    }
  }

  /// A number with more zeros behind the point than the currency has, or with nothing, and
  /// perhaps the currency.
  private static func amount(_ text: String, _ currency: Currency) throws -> Int64 {
    var text = text.replacing(currency.code, with: "")
    if text.contains(".") {
      while text.hasSuffix("0") { text.removeLast() }
      if text.hasSuffix(".") { text.removeLast() }
    }
    return try MinorUnits(decimal: text.isEmpty || text == "-0" ? "0" : text, currency).value
  }

  /// Takes our balances of a book.
  init(_ balances: [Balance], book: PartyReference, name: (String) -> String) {
    for balance in balances where balance.book == book {
      amounts["\(name(balance.account)) \(balance.currency)"] = balance.amount
    }
  }
}
