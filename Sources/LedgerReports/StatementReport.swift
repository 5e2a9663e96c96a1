import Ledger
import Trade
import TransparencyLog

/// What a party owes and pays, in the order of the entries, from the books of all others.
package struct StatementReport {
  private let source: ReportSource
  private let party: PartySelector
  private let window: ReportWindow

  /// - Parameters:
  ///   - source: the entries.
  ///   - party: whose statement.
  ///   - window: what is shown; what lies before it is carried forward.
  package init(_ source: ReportSource, of party: PartySelector, window: ReportWindow) {
    self.source = source
    self.party = party
    self.window = window
  }

  /// The balance of one book in one currency.
  private struct Key: Hashable {
    let book: PartyReference
    let currency: Currency
  }

  /// The postings of an entry that concern the party.
  private struct Row: Sendable {
    let entry: MoneyEntry
    let currency: Currency
    let postings: [Posting]
  }

  /// Writes the statement as text, TSV or NDJSON.
  ///
  /// A positive balance is what the party owes to the keeper of the book.
  ///
  /// - Throws: what reading throws, and `SystemError`.
  package func write(_ format: ReportFormat, _ output: ReportOutput) throws {
    var rows: [Row] = []
    var balances: [Key: Int64] = [:]
    let (party, window) = (party, window)
    let (head, _) = try source.scan(for: party) { party, choice in
      try choice.add(Term(.account, "\(party)"))
      // What is laid out for a user moves money of others only.
      if party.kind == .user { try choice.add(Term(.user, "\(party.name)")) }
      return true
    } take: { head -> Row? in
      guard window.contains(head.time) || window.isAfter(head.time),
        let entry = try MoneyEntry(head), let currency = entry.currency
      else { return nil }
      let postings = Ledger.postings(of: entry.event).filter { posting in
        !party.matches(posting.account.book)
          && posting.account.path.party.map(party.matches) ?? false
      }
      return postings.isEmpty ? nil : Row(entry: entry, currency: currency, postings: postings)
    } gather: { row in
      guard window.isAfter(row.entry.time) else { return rows.append(row) }
      for posting in row.postings {
        balances[Key(book: posting.account.book, currency: row.currency), default: 0] +=
          posting.amount
      }
    }
    let table = try ReportTable("posting", Self.columns, format, output)
    let opening = balances.filter { $0.value != 0 }.sorted {
      ($0.key.book, $0.key.currency) < ($1.key.book, $1.key.currency)
    }
    for (key, amount) in opening {
      try table.add([
        .integer(nil), .time(window.start), .text("\(key.book)"), .text(nil), .text(nil),
        .text("carried forward"), .money(0, key.currency), .money(amount, key.currency),
        .text("\(key.currency)"),
      ])
    }
    for row in rows {
      for posting in row.postings {
        let key = Key(book: posting.account.book, currency: row.currency)
        balances[key, default: 0] += posting.amount
        try table.add([
          .integer(row.entry.index), .time(row.entry.time), .text("\(key.book)"),
          .text(posting.account.path.description), .text("\(row.entry.id)"),
          .text(row.entry.title), .money(posting.amount, row.currency),
          .money(balances[key] ?? 0, row.currency), .text("\(row.currency)"),
        ])
      }
    }
    try table.finish(head)
  }

  private static let columns = [
    Column("entry", .integer), Column("time", .time), Column("book"),
    Column("account", isForPeople: false), Column("id", isForPeople: false), Column("title"),
    Column("amount", .money), Column("balance", .money), Column("currency"),
  ]
}

extension Account.Path {
  /// The party that owes what the account holds, or is owed it.
  fileprivate var party: PartyReference? {
    switch self {
    case .receivableFrom(let party), .advanceTo(let party), .prepaidTo(let party),
      .payableTo(let party), .prepaidBy(let party):
      party
    case .bank, .cash, .inputTax, .tax, .revenue, .expense: nil
    }
  }
}
