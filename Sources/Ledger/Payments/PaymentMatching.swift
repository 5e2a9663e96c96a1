import Trade

/// Finds out which bills a payment settles: the oldest first.
struct PaymentMatching {
  let request: PaymentRequest
  let facts: Facts
  /// What earlier payments of the same run settle, by bill, in minor units.
  let planned: [Handle: Int64]

  private(set) var splits: [PaymentSplit] = []
  private var hasSale = false

  init(_ request: PaymentRequest, _ facts: Facts, planned: [Handle: Int64]) {
    self.request = request
    self.facts = facts
    self.planned = planned
  }

  /// The payment.
  ///
  /// - Throws: `PaymentFault` or `RuleFault`.
  mutating func payment() throws -> Payment {
    var rest = request.unassigned
    for part in request.parts {
      switch (part.target, part.amount) {
      case (.bill(let id), let amount):
        let bill = try bill(id)
        let taken = amount ?? min(rest, left(of: bill))
        if taken == 0 { throw PaymentFault.nothingFor("the bill", "\(id)") }
        if amount == nil { rest -= taken }
        settle(bill, taken, purpose: nil)
      case (.purpose(let purpose), let amount?): try match(purpose, amount)
      case (.purpose, nil): break
      }
    }
    if request.parts.isEmpty {
      try match(nil, request.amount)
    } else if let purpose = request.openPurposes.first {
      if rest == 0 { throw PaymentFault.nothingFor("the purpose", purpose.rawValue) }
      try match(purpose, rest)
    } else if rest > 0 {
      throw PaymentFault.leftOver(
        rest, request.currency, canBePrepaid: request.funds != .prepaid)
    }
    if request.tax != nil, !hasSale { throw PaymentFault.taxWithoutSale }
    return Payment(
      payer: request.payer, payee: request.payee, currency: request.currency,
      funds: request.funds, splits: splits, reference: request.reference)
  }

  private func bill(_ id: Handle) throws -> Facts.Bill {
    guard let bill = try facts.bill(id) else { throw RuleFault.unknownBill(id) }
    return bill
  }

  /// What is still to be paid of a bill.
  private func left(of bill: Facts.Bill) -> Int64 {
    let here = splits.reduce(0) { $0 + ($1.bill == bill.id ? $1.amount : 0) }
    return bill.open - here - (planned[bill.id] ?? 0)
  }

  /// Settles bills, or sells without a bill.
  private mutating func match(_ purpose: PaymentPurpose?, _ amount: Int64) throws {
    if let purpose, purpose.isPlacing { return add(PaymentSplit(purpose: purpose, amount: amount)) }
    if let purpose, request.isSale { return try sell(purpose, amount) }
    var rest = amount
    let bills = try facts.openBills(of: request.debtor ?? request.payer, to: request.payee)
      .filter { bill in
        bill.body.currency == request.currency && left(of: bill) > 0
          && (purpose == nil || bill.body.isAbout(purpose))
      }
    if bills.isEmpty, let purpose, purpose.isSoldWithoutBill, request.debtor == nil {
      return try sell(purpose, amount)
    }
    for bill in bills where rest > 0 {
      let taken = min(rest, left(of: bill))
      settle(bill, taken, purpose: purpose)
      rest -= taken
    }
    if rest == 0 { return }
    if request.debtor != nil || request.funds == .prepaid {
      throw PaymentFault.leftOver(rest, request.currency, canBePrepaid: false)
    }
    add(PaymentSplit(purpose: .prepaid, amount: rest))
  }

  private mutating func settle(_ bill: Facts.Bill, _ amount: Int64, purpose: PaymentPurpose?) {
    let first = bill.body.lines.first.flatMap { PaymentPurpose(rawValue: $0.purpose.rawValue) }
    add(
      PaymentSplit(
        purpose: purpose ?? first ?? .content, amount: amount, bill: bill.id,
        debtor: request.debtor))
  }

  private mutating func sell(_ purpose: PaymentPurpose, _ amount: Int64) throws {
    if hasSale, case .amount = request.tax { throw PaymentFault.taxOfTwoSales }
    hasSale = true
    let tax: Int64 =
      switch request.tax {
      case nil: 0
      case .amount(let tax): tax
      case .rate(let rate): rate.tax(in: try MinorUnits(amount)).value
      }
    if tax < 0 || tax > amount { throw PaymentFault.taxOutside(tax, amount, request.currency) }
    add(PaymentSplit(purpose: purpose, amount: amount, tax: tax))
  }

  /// Adds a split, to another of the same bill or purpose if there is one.
  private mutating func add(_ split: PaymentSplit) {
    guard let index = splits.firstIndex(where: { $0.target == split.target }) else {
      return splits.append(split)
    }
    splits[index] = PaymentSplit(
      purpose: split.purpose, amount: splits[index].amount + split.amount,
      tax: splits[index].tax + split.tax, bill: split.bill, debtor: split.debtor)
  }
}

extension Billed {
  /// Whether a line has a purpose.
  fileprivate func isAbout(_ purpose: PaymentPurpose?) -> Bool {
    lines.contains { $0.purpose.rawValue == purpose?.rawValue }
  }
}

extension PaymentPurpose {
  /// Whether it is bought over the counter when there is no bill.
  fileprivate var isSoldWithoutBill: Bool { self == .usageFee || self == .medium }
}
