package import Ledger
import Trade
import TransparencyLog

/// What the accounts hold.
package struct BalanceReport {
  private let source: ReportSource
  private let book: PartySelector?
  private let party: PartySelector?
  private let window: ReportWindow

  /// - Parameters:
  ///   - source: the entries.
  ///   - book: whose book; nil for all.
  ///   - party: only accounts that are named after a party; nil for all.
  ///   - window: only what was moved in it.
  package init(
    _ source: ReportSource, book: PartySelector?, party: PartySelector?, window: ReportWindow
  ) {
    self.source = source
    self.book = book
    self.party = party
    self.window = window
  }

  /// The balances that are not zero, from the index when it has them.
  ///
  /// - Throws: what reading throws.
  package func balances() throws -> Balances {
    let all = try fromIndex() ?? fromEntries()
    return Balances(all.balances.filter(isWanted), head: all.head)
  }

  /// Writes the report as text, TSV or NDJSON.
  package func write(_ format: ReportFormat, _ output: ReportOutput) throws {
    let result = try balances()
    if let book, !result.balances.contains(where: { book.matches($0.book) }) {
      let party = try book.resolved(in: source)
      if !party.kind.keepsBook { throw ReportFault.noBook("\(party)") }
    }
    if let party, result.balances.isEmpty { _ = try party.resolved(in: source) }
    let table = try ReportTable(
      "balance", [Column("book"), Column("account"), Column("amount", .money), Column("currency")],
      format, output)
    for balance in result.balances {
      try table.add([
        .text("\(balance.book)"), .text(balance.account),
        .money(balance.amount, balance.currency), .text("\(balance.currency)"),
      ])
    }
    try table.finish(result.head)
  }

  private func isWanted(_ balance: Balance) -> Bool {
    if let book, !book.matches(balance.book) { return false }
    guard let party else { return true }
    return balance.account.utf8.split(separator: UInt8(ascii: ":")).last
      .map { String(decoding: $0, as: UTF8.self) } == party.name.description
  }

  private func fromIndex() throws -> Balances? {
    guard case .all = source.extent, window == .always else { return nil }
    return try source.file.indexed()?.balances()
  }

  /// What one entry moves.
  private struct Movement: Sendable {
    let currency: Currency
    let postings: [Posting]
  }

  private struct Key: Hashable {
    let account: Account
    let currency: Currency
  }

  private func fromEntries() throws -> Balances {
    var sums: [Key: Int64] = [:]
    let window = window
    let head = try source.scan { head -> Movement? in
      guard head.kind == .billed || head.kind == .payment, window.contains(head.time) else {
        return nil
      }
      let event = try head.event()
      let currency = (event.body as? Billed)?.currency ?? (event.body as? Payment)?.currency
      return currency.map { Movement(currency: $0, postings: postings(of: event)) }
    } gather: { movement in
      for posting in movement.postings {
        let key = Key(account: posting.account, currency: movement.currency)
        sums[key, default: 0] += posting.amount
      }
    }
    return Balances(
      sums.map { key, amount in
        Balance(
          book: key.account.book, account: key.account.path.description, currency: key.currency,
          amount: amount)
      }, head: head)
  }
}

extension PartySelector {
  /// The party, from the index or else by going through the ledger.
  ///
  /// - Throws: `ReportFault`.
  func resolved(in source: ReportSource) throws -> PartyReference {
    if case .all = source.extent, let log = try source.file.indexed() {
      return try resolved(log.facts.party("\(name)")?.reference)
    }
    return try source.scan(for: self, take: { _ in nil as Bool? }, gather: { _ in }).party
  }
}
