package import Trade

/// What somebody pays, and for what, before it is known which bills that settles.
package struct PaymentRequest: Sendable, Equatable {
  /// A part of the payment.
  package struct Part: Sendable, Equatable {
    /// What it is for.
    package enum Target: Sendable, Hashable {
      case bill(Handle)
      case purpose(PaymentPurpose)
    }

    package let target: Target
    /// In minor units, from 1; nil for what a bill needs, or what the other parts leave.
    package let amount: Int64?

    package init(_ target: Target, amount: Int64? = nil) {
      self.target = target
      self.amount = amount
    }
  }

  /// The tax in a sale without a bill.
  package enum Tax: Sendable, Equatable {
    /// By rate, in each sale.
    case rate(TaxRate)
    /// In minor units, in the only sale.
    case amount(Int64)
  }

  package let payer: PartyReference
  package let payee: PartyReference
  /// In minor units, from 1.
  package let amount: Int64
  package let currency: Currency
  package let funds: Funds
  package let reference: String?
  /// Without parts all open bills of the payer to the payee are settled.
  package let parts: [Part]
  /// Whose bills are settled, when not those of the payer.
  package let debtor: PartyReference?
  package let tax: Tax?
  /// Whether no bills are looked for.
  package let isSale: Bool

  /// - Throws: `PaymentFault` when the parts do not make up the amount.
  package init(
    payer: PartyReference, payee: PartyReference, amount: Int64, currency: Currency, funds: Funds,
    reference: String? = nil, parts: [Part] = [], debtor: PartyReference? = nil, tax: Tax? = nil,
    isSale: Bool = false
  ) throws {
    self.payer = payer
    self.payee = payee
    self.amount = amount
    self.currency = currency
    self.funds = funds
    self.reference = reference
    self.parts = parts
    self.debtor = debtor
    self.tax = tax
    self.isSale = isSale
    for part in [amount] + parts.compactMap(\.amount) where part < 1 {
      throw PaymentFault.notPositive(part, currency)
    }
    let sum = parts.reduce(Int128(0)) { $0 + Int128($1.amount ?? 0) }
    if sum > Int128(amount) { throw PaymentFault.partsExceed(amount, currency) }
    if Set(parts.map(\.target)).count < parts.count { throw PaymentFault.partTwice }
    if openPurposes.count > 1 { throw PaymentFault.twoOpenPurposes }
  }

  /// What the parts with an amount leave to the others, in minor units.
  var unassigned: Int64 { parts.reduce(amount) { $0 - ($1.amount ?? 0) } }

  /// The purposes without an amount: at most one.
  var openPurposes: [PaymentPurpose] {
    parts.compactMap { part in
      if case .purpose(let purpose) = part.target, part.amount == nil { purpose } else { nil }
    }
  }
}
