package import Trade
package import TransparencyLog

/// What an account holds in one currency.
package struct Balance: Sendable, Hashable, Comparable {
  /// Whose book the account is in.
  package let book: PartyReference
  /// The account's path as text, such as `assets:bank`.
  package let account: String
  package let currency: Currency
  /// Debits less credits, in minor units.
  package let amount: Int64

  package init(book: PartyReference, account: String, currency: Currency, amount: Int64) {
    self.book = book
    self.account = account
    self.currency = currency
    self.amount = amount
  }

  /// Orders by book, account and currency.
  package static func < (one: Balance, other: Balance) -> Bool {
    if one.book != other.book { return one.book < other.book }
    if one.account != other.account {
      return one.account.utf8.lexicographicallyPrecedes(other.account.utf8)
    }
    return one.currency < other.currency
  }
}

/// All balances of a ledger, and the tree of the entries they come from.
package struct Balances: Sendable {
  /// Those that are not zero, in order.
  package let balances: [Balance]
  package let head: TreeHead

  /// Leaves out those that are zero, and sorts.
  package init(_ balances: some Sequence<Balance>, head: TreeHead) {
    self.balances = balances.filter { $0.amount != 0 }.sorted()
    self.head = head
  }
}

extension LedgerLog {
  /// All balances: what the index has, and what lies behind it.
  ///
  /// - Returns: nil when the index is damaged or another process holds it.
  /// - Throws: `LedgerFault`, or an `IndexFault` that shows that the ledger was changed.
  package func balances() throws -> Balances? {
    do { return try sums() } catch is DatabaseError { return nil } catch IndexFault.damaged {
      return nil
    }
  }

  private func sums() throws -> Balances {
    var rows = try indexedSums()
    while rows == nil {
      // Another process has extended the index since it was opened.
      try refresh()
      rows = try indexedSums()
    }
    for (key, amount) in stretch.balances {
      let row = BalanceRow(
        book: key.account.book.description, account: key.account.path.description,
        currency: key.currency.code)
      rows?[row, default: 0] += amount
    }
    return try Balances(
      (rows ?? [:]).map { try $0.key.balance($0.value) }, head: coverage.frontier.head)
  }

  /// What the index has; nil when it is not the one that the coverage starts from.
  private func indexedSums() throws -> [BalanceRow: Int64]? {
    guard let index else { return [:] }
    try index.beginReading()
    defer { index.endReading() }
    if try !index.isCurrent() { return nil }
    var rows: [BalanceRow: Int64] = [:]
    try index.balances { book, account, currency, amount in
      rows[BalanceRow(book: book, account: account, currency: currency)] = amount
    }
    return rows
  }
}

/// What a balance stands under in the index.
struct BalanceRow: Hashable {
  let book: String
  let account: String
  let currency: String

  fileprivate func balance(_ amount: Int64) throws -> Balance {
    guard let book = try? PartyReference(book), let currency = try? Currency(currency) else {
      throw IndexFault.damaged
    }
    return Balance(book: book, account: account, currency: currency, amount: amount)
  }
}

extension LedgerFile {
  /// How many bytes behind the index are read one line after the other; for more, all entries are
  /// gone through on all cores instead.
  private static let longestTail: Int64 = 8 << 20

  /// The ledger, to look entries up, when its index covers all but a short end of it; nothing is
  /// written.
  ///
  /// - Returns: nil when there is no index, or none that is good enough.
  /// - Throws: `SystemError`, `StorageFault`, `LedgerFault`, or an `IndexFault` that shows that the
  ///   ledger was changed.
  package func indexed() throws -> LedgerLog? {
    let storage = try FileStorage(path, .reading)
    guard let covered = try? LedgerIndex(indexPath, writing: false).coverage, covered.count > 0,
      try storage.size() - covered.end <= Self.longestTail
    else { return nil }
    return try LedgerLog(storage, indexPath: indexPath, writesIndex: false)
  }

  /// The name of the ledger, from its first entry.
  ///
  /// - Throws: `SystemError`, `StorageFault` or `LedgerFault`.
  package func origin() throws -> Origin {
    try LedgerLog.readOrigin(FileStorage(path, .reading))
  }

  /// Whether the ledger ends with bytes that are no complete line.
  package func hasTornTail() throws -> Bool {
    let storage = try FileStorage(path, .reading)
    let size = try storage.size()
    if size == 0 { return false }
    var last: UInt8 = 0
    let count = try withUnsafeMutableBytes(of: &last) { try storage.read(at: size - 1, into: $0) }
    return count == 1 && last != UInt8(ascii: "\n")
  }
}
