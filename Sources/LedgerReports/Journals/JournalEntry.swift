import Ledger
import Trade

/// What an entry moves in one book, as a journal has it.
struct JournalEntry: Sendable {
  let entry: MoneyEntry
  let currency: Currency
  /// The postings in the book, which add up to zero.
  let postings: [Posting]
  /// With whom.
  let counterparty: PartyReference

  /// - Returns: nil when the entry moves nothing in the book.
  init?(_ entry: MoneyEntry, in book: PartySelector) {
    let own = Ledger.postings(of: entry.event).filter { book.matches($0.account.book) }
    guard !own.isEmpty, let currency = entry.currency else { return nil }
    self.entry = entry
    self.currency = currency
    postings = own
    switch entry.event.body {
    case let bill as Billed: counterparty = book.matches(bill.payer) ? bill.payee : bill.payer
    case let payment as Payment:
      counterparty = book.matches(payment.payer) ? payment.payee : payment.payer
    default: return nil
    }
  }

  /// Whether the entry settles bills: then its postings tell what is left of them.
  var isSettlement: Bool { entry.payment != nil }
}

extension Account.Path {
  /// Whether it holds bills that wait for their payment.
  var isClaim: Bool {
    switch self {
    case .receivableFrom, .payableTo: true
    default: false
    }
  }
}
