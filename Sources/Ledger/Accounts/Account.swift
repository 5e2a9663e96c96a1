package import Trade

/// An account of a book: the book of one party that keeps accounts.
///
/// The text is the path, such as `assets:receivable:user:alice`; see `docs/ledger-accounts.md`.
package struct Account: Hashable, Sendable, Comparable {
  /// Whose book it is; never a user's.
  package let book: PartyReference
  package let path: Path

  package init(book: PartyReference, _ path: Path) {
    self.book = book
    self.path = path
  }

  /// The place of an account in its book.
  package enum Path: Hashable, Sendable, CustomStringConvertible {
    case bank
    case cash
    /// Bills that a party has not paid yet.
    case receivableFrom(PartyReference)
    /// Paid or owed on behalf of a party, to be given back by it.
    case advanceTo(PartyReference)
    /// Paid ahead of a payee's bills.
    case prepaidTo(PartyReference)
    /// Tax in bills received.
    case inputTax
    /// Bills of a payee not paid yet.
    case payableTo(PartyReference)
    /// Paid by a payer ahead of bills.
    case prepaidBy(PartyReference)
    /// Tax in bills sent.
    case tax
    case revenue(Revenue)
    case expense(BillPurpose, PartyReference)

    package var description: String {
      switch self {
      case .bank: "assets:bank"
      case .cash: "assets:cash"
      case .receivableFrom(let party): "assets:receivable:\(party)"
      case .advanceTo(let party): "assets:advance:\(party)"
      case .prepaidTo(let party): "assets:prepaid:\(party)"
      case .inputTax: "assets:input-tax"
      case .payableTo(let party): "liabilities:payable:\(party)"
      case .prepaidBy(let party): "liabilities:prepaid:\(party)"
      case .tax: "liabilities:tax"
      case .revenue(let revenue): "revenue:\(revenue.rawValue)"
      case .expense(let purpose, let party): "expenses:\(purpose.rawValue):\(party)"
      }
    }
  }

  /// Where income comes from.
  package enum Revenue: String, Hashable, Sendable, CaseIterable {
    case content
    /// Content by day, minute or view.
    case usage
    case serverFee = "server-fee"
    case homeServerFee = "home-server-fee"
    case media
  }

  package static func < (left: Account, right: Account) -> Bool {
    left.book == right.book
      ? left.path.description.utf8.lexicographicallyPrecedes(right.path.description.utf8)
      : left.book < right.book
  }
}

extension PartyKind {
  /// Whether parties of this kind keep a book; users keep none, a home server's administrator
  /// keeps one for it.
  package var keepsBook: Bool {
    switch self {
    case .user, .homeServer: false
    case .contentServer, .deliveryServer, .shop, .administrator, .buildingManager: true
    }
  }
}
