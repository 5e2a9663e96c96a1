import Ledger
import Trade
import TransparencyLog

/// What a journal has to say before its first transaction, from a first pass over the ledger.
struct JournalOutline {
  /// Whose book it is.
  let book: PartyReference
  let head: TreeHead
  /// The accounts with the currencies that are moved in them.
  private(set) var accounts: [Account.Path: Set<Currency>] = [:]
  /// With whom business was done.
  private(set) var counterparties: Set<PartyReference> = []
  /// What the accounts held before the window of the journal.
  private(set) var opening: [AccountCurrency: Int64] = [:]
  /// What is still owed of bills, in minor units.
  private var open: [Handle: Int64] = [:]
  /// The day of the first transaction.
  private(set) var firstDay: Day?

  /// An account and a currency.
  struct AccountCurrency: Hashable {
    let path: Account.Path
    let currency: Currency
  }

  /// - Throws: what reading throws, `ReportFault` when the party keeps no book.
  init(_ source: ReportSource, book selector: PartySelector, window: ReportWindow) throws {
    var outline = Self(book: PartyReference(.user, selector.name), head: Self.nothing)
    let (head, party) = try source.scan(for: selector) { head in
      try MoneyEntry(head).flatMap { JournalEntry($0, in: selector) }
    } gather: {
      outline.add($0, window)
    }
    if !party.kind.keepsBook { throw ReportFault.noBook("\(party)") }
    self = Self(outline, book: party, head: head)
  }

  private static let nothing = TreeHead(size: 0, root: MerkleTree.emptyRoot)

  private init(book: PartyReference, head: TreeHead) {
    self.book = book
    self.head = head
  }

  private init(_ other: JournalOutline, book: PartyReference, head: TreeHead) {
    self.init(book: book, head: head)
    accounts = other.accounts
    counterparties = other.counterparties
    opening = other.opening.filter { $0.value != 0 }
    open = other.open
    firstDay = other.firstDay
  }

  private mutating func add(_ entry: JournalEntry, _ window: ReportWindow) {
    settle(entry.entry)
    let isShown = window.contains(entry.entry.time)
    let isBefore = window.isAfter(entry.entry.time)
    guard isShown || isBefore else { return }
    for posting in entry.postings {
      accounts[posting.account.path, default: []].insert(entry.currency)
      if isBefore {
        let key = AccountCurrency(path: posting.account.path, currency: entry.currency)
        opening[key, default: 0] += posting.amount
      }
    }
    guard isShown else { return }
    counterparties.insert(entry.counterparty)
    if firstDay == nil { firstDay = entry.entry.time.day }
  }

  private mutating func settle(_ entry: MoneyEntry) {
    switch entry.event.body {
    case let bill as Billed:
      if let reversed = bill.reverses {
        open[reversed, default: 0] -= bill.amount
      } else {
        open[entry.id, default: 0] += bill.amount
      }
    case let payment as Payment:
      let sign: Int64 = payment.reverses == nil ? 1 : -1
      for split in payment.splits {
        if let bill = split.bill { open[bill, default: 0] -= sign * split.amount }
      }
    default: break
    }
  }

  /// Whether an entry is a bill of which something is still owed.
  func isUnpaid(_ entry: JournalEntry) -> Bool {
    guard let bill = entry.entry.billed, bill.reverses == nil else { return false }
    return open[entry.entry.id, default: 0] > 0
  }

  /// The opening balances in order; together they are zero in each currency.
  var sortedOpening: [(key: AccountCurrency, amount: Int64)] {
    opening.map { (key: $0.key, amount: $0.value) }.sorted {
      ($0.key.path.description, $0.key.currency) < ($1.key.path.description, $1.key.currency)
    }
  }

  /// All currencies, in order.
  var currencies: [Currency] {
    accounts.values.reduce(into: Set()) { $0.formUnion($1) }.sorted()
  }
}
