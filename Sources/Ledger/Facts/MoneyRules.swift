import Trade

extension Rules {
  func check(_ reference: PartyReference) throws {
    guard let party = try facts.party("\(reference.name)") else {
      throw RuleFault.unknownParty(reference.name)
    }
    if party.role != reference.kind {
      throw RuleFault.wrongRole(reference.name, party.role, reference.kind)
    }
  }

  /// Whether a party may state what moves between two others: it is one of them, a content server,
  /// which keeps the ledger, a home server of the payee, or for bills a server that sells for it.
  private func speaks(
    _ author: Facts.Party, of payer: PartyReference, _ payee: PartyReference, bills: Bool
  ) -> Bool {
    if author.reference == payee || author.reference == payer { return true }
    switch author.role {
    case .contentServer: return true
    case .homeServer:
      if bills, payee.kind == .contentServer { return true }
      return author.administrator == payee.name && payee.kind == .administrator
    case .deliveryServer: return bills && payee.kind == .contentServer
    default: return false
    }
  }

  func check(_ billed: Billed, by author: Facts.Party) throws {
    try check(billed.payer)
    try check(billed.payee)
    guard speaks(author, of: billed.payer, billed.payee, bills: true) else {
      throw RuleFault.foreignMoney(author.name, billed.payer, billed.payee)
    }
    guard billed.payee.kind.keepsBook else { throw RuleFault.noBook(billed.payee) }
    guard billed.payer.kind.keepsBook || billed.payer.kind == .user else {
      throw RuleFault.noBook(billed.payer)
    }
    if let user = billed.beneficiary {
      try check(PartyReference(.user, user))
      guard billed.payer.kind.keepsBook else { throw RuleFault.beneficiaryOfUser(billed.payer) }
    }
    guard let id = billed.reverses else { return }
    guard let bill = try facts.bill(id) else { throw RuleFault.unknownBill(id) }
    guard bill.body.payer == billed.payer, bill.body.payee == billed.payee,
      bill.body.currency == billed.currency, bill.body.beneficiary == billed.beneficiary
    else { throw RuleFault.otherBill(id) }
    if billed.amount > bill.open { throw RuleFault.creditedTooMuch(id, billed.amount, bill.open) }
    if billed.tax > bill.remainingTax {
      throw RuleFault.reversedTooMuchTax(id, billed.tax, bill.remainingTax)
    }
  }

  func check(_ payment: Payment, by author: Facts.Party) throws {
    try check(payment.payer)
    try check(payment.payee)
    guard speaks(author, of: payment.payer, payment.payee, bills: false) else {
      throw RuleFault.foreignMoney(author.name, payment.payer, payment.payee)
    }
    guard payment.payee.kind.keepsBook else { throw RuleFault.noBook(payment.payee) }
    guard payment.payer.kind.keepsBook || payment.payer.kind == .user else {
      throw RuleFault.noBook(payment.payer)
    }
    for split in payment.splits {
      if split.purpose == .onBehalf, payment.payer.kind != .user {
        throw RuleFault.advanceOfBook(payment.payer)
      }
      if split.purpose == .prepaid, payment.funds == .prepaid { throw RuleFault.prepaidTwice }
    }
    if payment.reverses == nil {
      for split in payment.splits { try checkBill(of: split, payment) }
      try checkFunds(payment, payment.funds == .prepaid ? payment.amount : 0)
    } else {
      try checkRefund(payment)
    }
  }

  private func checkBill(of split: PaymentSplit, _ payment: Payment) throws {
    guard let id = split.bill else { return }
    guard let bill = try facts.bill(id) else { throw RuleFault.unknownBill(id) }
    guard bill.body.payee == payment.payee else { throw RuleFault.otherBill(id) }
    guard bill.body.currency == payment.currency else {
      throw RuleFault.otherCurrency(id, bill.body.currency, payment.currency)
    }
    guard bill.body.lines.contains(where: { $0.purpose.rawValue == split.purpose.rawValue }) else {
      throw RuleFault.otherPurpose(id, split.purpose)
    }
    let debtor = split.debtor ?? payment.payer
    guard bill.body.payer == debtor, split.debtor != payment.payer else {
      throw RuleFault.otherDebtor(id, bill.body.payer)
    }
    if let debtor = split.debtor, debtor.kind.keepsBook == payment.payer.kind.keepsBook {
      throw RuleFault.twoBooks(id, payer: payment.payer, debtor: debtor)
    }
    if split.amount > bill.open { throw RuleFault.paidTooMuch(id, split.amount, bill.open) }
  }

  private func checkFunds(_ payment: Payment, _ needed: Int64) throws {
    if needed == 0 { return }
    let held = try facts.prepaid(by: payment.payer, to: payment.payee, payment.currency)
    if needed > held { throw RuleFault.prepaidTooLittle(payment.payer, held, needed) }
  }

  private func checkRefund(_ refund: Payment) throws {
    guard let id = refund.reverses else { return }
    guard let paid = try facts.payment(id) else { throw RuleFault.unknownPayment(id) }
    guard paid.body.payer == refund.payer, paid.body.payee == refund.payee,
      paid.body.currency == refund.currency
    else { throw RuleFault.otherPayment(id) }
    var prepaid: Int64 = 0
    for split in refund.splits {
      guard let original = paid.body.splits.first(where: { $0.target == split.target }),
        original.debtor == split.debtor
      else { throw RuleFault.otherPayment(id) }
      let left = paid.remaining[split.target] ?? 0
      if split.amount > left { throw RuleFault.refundedTooMuch(id, split.amount, left) }
      let tax = paid.remainingTax[split.target] ?? 0
      if split.tax > tax { throw RuleFault.reversedTooMuchTax(id, split.tax, tax) }
      if split.purpose == .prepaid { prepaid += split.amount }
    }
    // What was prepaid and has been used since cannot be given back.
    try checkFunds(refund, prepaid)
  }
}
