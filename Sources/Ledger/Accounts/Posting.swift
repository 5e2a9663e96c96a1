import Trade

/// An amount added to an account: positive for a debit, negative for a credit.
package struct Posting: Equatable, Sendable {
  package let account: Account
  /// In minor units.
  package var amount: Int64
}

/// What an entry moves, in every book it touches.
///
/// The function looks at nothing but the entry, and in each book the postings add up to zero.
package func postings(of event: Event) -> [Posting] {
  switch event.body {
  case let bill as Billed: bill.postings
  case let payment as Payment: payment.postings
  default: []
  }
}

/// Collects postings; those to one account are added up.
private struct Journal {
  private(set) var postings: [Posting] = []
  /// 1, or -1 for a credit note or refund.
  let sign: Int64

  mutating func debit(_ book: PartyReference, _ path: Account.Path, _ amount: Int64) {
    if amount == 0 { return }
    let account = Account(book: book, path)
    if let index = postings.firstIndex(where: { $0.account == account }) {
      postings[index].amount += sign * amount
    } else {
      postings.append(Posting(account: account, amount: sign * amount))
    }
  }

  mutating func credit(_ book: PartyReference, _ path: Account.Path, _ amount: Int64) {
    debit(book, path, -amount)
  }

  /// Without accounts in which nothing moved.
  var result: [Posting] { postings.filter { $0.amount != 0 } }
}

extension Billed {
  /// The payee's claim and income; the payer's debt and expense, or its advance to the user.
  fileprivate var postings: [Posting] {
    var journal = Journal(sign: reverses == nil ? 1 : -1)
    journal.debit(payee, .receivableFrom(payer), amount)
    for line in lines { journal.credit(payee, .revenue(line.revenue), line.net) }
    for line in lines { journal.credit(payee, .tax, line.tax) }
    guard payer.kind.keepsBook else { return journal.result }
    if let beneficiary {
      journal.debit(payer, .advanceTo(PartyReference(.user, beneficiary)), amount)
    } else {
      for line in lines { journal.debit(payer, .expense(line.purpose, payee), line.net) }
      for line in lines { journal.debit(payer, .inputTax, line.tax) }
    }
    journal.credit(payer, .payableTo(payee), amount)
    return journal.result
  }
}

extension BillLine {
  /// Where the payee's income stands.
  var revenue: Account.Revenue {
    switch purpose {
    case .content:
      switch unit {
      case .view, .day, .minute: .usage
      case .purchase, .medium, .month: .content
      }
    case .usageFee: .serverFee
    case .homeServerFee: .homeServerFee
    case .medium: .media
    }
  }
}

extension Payment {
  fileprivate var postings: [Posting] {
    var journal = Journal(sign: reverses == nil ? 1 : -1)
    switch funds {
    case .bank: journal.debit(payee, .bank, amount)
    case .cash: journal.debit(payee, .cash, amount)
    case .prepaid: journal.debit(payee, .prepaidBy(payer), amount)
    }
    for split in splits { post(split, toPayee: &journal) }
    if payer.kind.keepsBook {
      for split in splits { post(split, toPayer: &journal) }
      switch funds {
      case .bank: journal.credit(payer, .bank, amount)
      case .cash: journal.credit(payer, .cash, amount)
      case .prepaid: journal.credit(payer, .prepaidTo(payee), amount)
      }
    }
    // A debtor that keeps a book owes the payee less, and is owed less by who paid for it.
    for split in splits {
      guard let debtor = split.debtor, debtor.kind.keepsBook else { continue }
      journal.debit(debtor, .payableTo(payee), split.amount)
      journal.credit(debtor, .advanceTo(payer), split.amount)
    }
    return journal.result
  }

  private func post(_ split: PaymentSplit, toPayee journal: inout Journal) {
    if split.bill != nil {
      return journal.credit(payee, .receivableFrom(split.debtor ?? payer), split.amount)
    }
    switch split.purpose {
    case .prepaid: journal.credit(payee, .prepaidBy(payer), split.amount)
    case .onBehalf: journal.credit(payee, .advanceTo(payer), split.amount)
    case .content, .usageFee, .homeServerFee, .medium:
      journal.credit(payee, .revenue(split.purpose.revenue), split.amount - split.tax)
      journal.credit(payee, .tax, split.tax)
    }
  }

  private func post(_ split: PaymentSplit, toPayer journal: inout Journal) {
    if split.bill != nil {
      if let debtor = split.debtor {
        journal.debit(payer, .advanceTo(debtor), split.amount)
      } else {
        journal.debit(payer, .payableTo(payee), split.amount)
      }
      return
    }
    switch split.purpose {
    case .prepaid: journal.debit(payer, .prepaidTo(payee), split.amount)
    case .onBehalf: journal.debit(payer, .advanceTo(payee), split.amount)
    case .content, .usageFee, .homeServerFee, .medium:
      let purpose = BillPurpose(rawValue: split.purpose.rawValue) ?? .content
      journal.debit(payer, .expense(purpose, payee), split.amount - split.tax)
      journal.debit(payer, .inputTax, split.tax)
    }
  }
}

extension PaymentPurpose {
  /// Where the payee's income from a sale without a bill stands.
  fileprivate var revenue: Account.Revenue {
    switch self {
    case .content, .onBehalf, .prepaid: .content
    case .usageFee: .serverFee
    case .homeServerFee: .homeServerFee
    case .medium: .media
    }
  }
}
