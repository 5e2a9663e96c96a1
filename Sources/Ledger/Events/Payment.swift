package import Trade

/// Money has been paid, or with `reverses` given back (signals 1, 11, 15, 23 and 24).
package struct Payment: EventBody {
  package static let kind = EventKind.payment

  /// Who paid; who gets the money back in a refund.
  package let payer: PartyReference
  /// Who was paid.
  package let payee: PartyReference
  package let currency: Currency
  package let funds: Funds
  /// At least one.
  package let splits: [PaymentSplit]
  /// The number a bank or till has given it.
  package let reference: String?
  /// The payment that this one gives back in part or whole.
  package let reverses: Handle?
  /// Why; a refund has a reason.
  package let reason: String?

  /// What was paid, in minor units.
  package var amount: Int64 { splits.reduce(0) { $0 + $1.amount } }

  package init(
    payer: PartyReference, payee: PartyReference, currency: Currency, funds: Funds,
    splits: [PaymentSplit], reference: String? = nil, reverses: Handle? = nil,
    reason: String? = nil
  ) {
    self.payer = payer
    self.payee = payee
    self.currency = currency
    self.funds = funds
    self.splits = splits
    self.reference = reference
    self.reverses = reverses
    self.reason = reason
  }

  package init(_ fields: inout FieldReader) throws {
    let amount = try fields.integer("amount", in: 1...CanonicalValue.largestInteger)
    currency = try fields.value("currency", Currency.init)
    funds = try fields.word("funds")
    payee = try fields.value("payee", PartyReference.init)
    payer = try fields.value("payer", PartyReference.init)
    reason = try fields.optionalWords("reason")
    reference = try fields.optionalWords("reference")
    reverses = try fields.optionalValue("reverses", Handle.init)
    splits = try fields.list("splits", PaymentSplit.init)
    try checkSum(of: splits.map(\.amount), is: amount, "splits")
    if (reverses == nil) != (reason == nil) {
      throw FieldFault.missing(reverses == nil ? "reverses" : "reason")
    }
    if payer == payee { throw FieldFault.bad("payer", "nobody pays himself") }
    if Set(splits.map(\.target)).count < splits.count {
      throw FieldFault.bad("splits", "two are for the same bill or purpose")
    }
  }

  package var canonical: CanonicalValue {
    .object([
      "amount": .integer(amount), "currency": .string("\(currency)"),
      "funds": .string(funds.rawValue), "payee": .string("\(payee)"),
      "payer": .string("\(payer)"), "reason": .text(reason), "reference": .text(reference),
      "reverses": .text(reverses?.description), "splits": .array(splits.map(\.canonical)),
    ])
  }

  package var terms: [Term] {
    var terms = [Term(.account, "\(payer)"), Term(.account, "\(payee)")]
    for split in splits {
      if let bill = split.bill { terms.append(Term(.bill, "\(bill)")) }
      if let debtor = split.debtor { terms.append(Term(.account, "\(debtor)")) }
    }
    if let reverses { terms.append(Term(.refund, "\(reverses)")) }
    return terms
  }
}

/// A part of a payment: for a bill, or without one for a purpose.
package struct PaymentSplit: Sendable, Equatable {
  package let purpose: PaymentPurpose
  /// With tax, in minor units, from 1.
  package let amount: Int64
  /// The tax in the amount, for a sale without a bill.
  package let tax: Int64
  /// The bill it is for.
  package let bill: Handle?
  /// Who owed the bill, when it was not who paid.
  package let debtor: PartyReference?

  package init(
    purpose: PaymentPurpose, amount: Int64, tax: Int64 = 0, bill: Handle? = nil,
    debtor: PartyReference? = nil
  ) {
    self.purpose = purpose
    self.amount = amount
    self.tax = tax
    self.bill = bill
    self.debtor = debtor
  }

  init(_ node: CanonicalNode, called name: String) throws {
    var fields = try FieldReader(node, called: name)
    amount = try fields.integer("amount", in: 1...CanonicalValue.largestInteger)
    bill = try fields.optionalValue("bill", Handle.init)
    debtor = try fields.optionalValue("debtor", PartyReference.init)
    purpose = try fields.word("purpose")
    tax = try fields.integer("tax", in: 0...amount)
    try fields.finish()
    if purpose.isPlacing, bill != nil || tax > 0 {
      throw FieldFault.bad(name, "\(purpose.rawValue) goes with no bill and no tax")
    }
    if bill != nil, tax > 0 {
      throw FieldFault.bad(name, "the tax of a bill stands in the bill")
    }
    if bill == nil, debtor != nil { throw FieldFault.bad(name, "a debtor goes with a bill") }
  }

  /// What tells the splits of one payment apart.
  package var target: Target { Target(purpose: purpose, bill: bill) }

  /// A bill or a purpose.
  package struct Target: Hashable, Sendable {
    let purpose: PaymentPurpose
    let bill: Handle?
  }

  var canonical: CanonicalValue {
    .object([
      "amount": .integer(amount), "bill": .text(bill?.description),
      "debtor": .text(debtor?.description), "purpose": .string(purpose.rawValue),
      "tax": .integer(tax),
    ])
  }
}

/// What money is paid for.
package enum PaymentPurpose: String, Sendable, CaseIterable {
  case content
  case usageFee = "usage-fee"
  case homeServerFee = "home-server-fee"
  case medium
  /// A user gives back what a shop or administrator has paid or owes on the user's behalf.
  case onBehalf = "on-behalf"
  /// Money kept for later bills, for instance what was paid too much.
  case prepaid

  /// Whether it can never be for a bill.
  var isPlacing: Bool { self == .onBehalf || self == .prepaid }
}

/// Where money comes from and goes to.
package enum Funds: String, Sendable, CaseIterable {
  case bank, cash
  /// What the payer had paid before without a bill.
  case prepaid
}
