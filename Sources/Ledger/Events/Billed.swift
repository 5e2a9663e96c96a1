package import Trade

/// A bill, or with `reverses` a credit note for a part or all of one (signals 10 and 21).
package struct Billed: EventBody {
  package static let kind = EventKind.billed

  /// Who owes the money.
  package let payer: PartyReference
  /// Whose money it is.
  package let payee: PartyReference
  package let currency: Currency
  /// At least one.
  package let lines: [BillLine]
  package let order: Handle?
  /// The user on whose behalf somebody else, such as a shop, is billed.
  package let beneficiary: PartyName?
  /// The bill that this credit note reduces.
  package let reverses: Handle?
  /// Why; a credit note has a reason.
  package let reason: String?

  /// What is owed, tax included, in minor units.
  package var amount: Int64 { lines.reduce(0) { $0 + $1.gross } }
  /// The tax in it, in minor units.
  package var tax: Int64 { lines.reduce(0) { $0 + $1.tax } }

  package init(
    payer: PartyReference, payee: PartyReference, currency: Currency, lines: [BillLine],
    order: Handle? = nil, beneficiary: PartyName? = nil, reverses: Handle? = nil,
    reason: String? = nil
  ) {
    self.payer = payer
    self.payee = payee
    self.currency = currency
    self.lines = lines
    self.order = order
    self.beneficiary = beneficiary
    self.reverses = reverses
    self.reason = reason
  }

  package init(_ fields: inout FieldReader) throws {
    let amount = try fields.integer("amount")
    currency = try fields.value("currency", Currency.init)
    beneficiary = try fields.optionalValue("for", PartyName.init)
    lines = try fields.list("lines", BillLine.init)
    order = try fields.optionalValue("order", Handle.init)
    payee = try fields.value("payee", PartyReference.init)
    payer = try fields.value("payer", PartyReference.init)
    reason = try fields.optionalWords("reason")
    reverses = try fields.optionalValue("reverses", Handle.init)
    try checkSum(of: lines.map(\.gross), is: amount, "lines")
    if amount == 0 { throw FieldFault.bad("amount", "a bill is about more than nothing") }
    if (reverses == nil) != (reason == nil) {
      throw FieldFault.missing(reverses == nil ? "reverses" : "reason")
    }
    if payer == payee { throw FieldFault.bad("payer", "nobody bills himself") }
  }

  package var canonical: CanonicalValue {
    .object([
      "amount": .integer(amount), "currency": .string("\(currency)"),
      "for": .text(beneficiary?.description), "lines": .array(lines.map(\.canonical)),
      "order": .text(order?.description), "payee": .string("\(payee)"),
      "payer": .string("\(payer)"), "reason": .text(reason),
      "reverses": .text(reverses?.description),
    ])
  }

  package var terms: [Term] {
    var terms = [Term(.account, "\(payer)"), Term(.account, "\(payee)")]
    if let order { terms.append(Term(.order, "\(order)")) }
    if let beneficiary { terms.append(Term(.user, "\(beneficiary)")) }
    if payer.kind == .user { terms.append(Term(.user, "\(payer.name)")) }
    if let reverses { terms.append(Term(.bill, "\(reverses)")) }
    return terms
  }
}

/// A line of a bill.
package struct BillLine: Sendable, Equatable {
  package let purpose: BillPurpose
  package let content: Handle?
  /// How many units, from 1.
  package let quantity: Int64
  package let unit: BillUnit
  /// Before tax, in minor units.
  package let unitPrice: Int64
  /// In minor units; how it was rounded stands with the tariff.
  package let tax: Int64

  /// Before tax, in minor units.
  package var net: Int64 { quantity * unitPrice }
  /// With tax, in minor units.
  package var gross: Int64 { net + tax }

  /// - Throws: `FieldFault.bad` when the line is about too much money.
  package init(
    purpose: BillPurpose, content: Handle? = nil, quantity: Int64, unit: BillUnit,
    unitPrice: Int64, tax: Int64
  ) throws {
    let (net, overflow) = quantity.multipliedReportingOverflow(by: unitPrice)
    guard !overflow, net <= CanonicalValue.largestInteger - tax else {
      throw FieldFault.bad("unit-price", "the line is about more than 2^53 - 1 minor units")
    }
    self.purpose = purpose
    self.content = content
    self.quantity = quantity
    self.unit = unit
    self.unitPrice = unitPrice
    self.tax = tax
  }

  init(_ node: CanonicalNode, called name: String) throws {
    var fields = try FieldReader(node, called: name)
    let content = try fields.optionalValue("content", Handle.init)
    let net = try fields.integer("net")
    let purpose = try fields.word("purpose", as: BillPurpose.self)
    let quantity = try fields.integer("quantity", in: 1...1_000_000_000)
    let tax = try fields.integer("tax")
    let unit = try fields.word("unit", as: BillUnit.self)
    let unitPrice = try fields.integer("unit-price")
    try fields.finish()
    try self.init(
      purpose: purpose, content: content, quantity: quantity, unit: unit, unitPrice: unitPrice,
      tax: tax)
    if net != self.net {
      throw FieldFault.bad(name, "the net amount \(net) is not \(quantity) times \(unitPrice)")
    }
  }

  var canonical: CanonicalValue {
    .object([
      "content": .text(content?.description), "net": .integer(net),
      "purpose": .string(purpose.rawValue), "quantity": .integer(quantity), "tax": .integer(tax),
      "unit": .string(unit.rawValue), "unit-price": .integer(unitPrice),
    ])
  }
}

/// What money is asked for.
package enum BillPurpose: String, Sendable, CaseIterable {
  case content
  /// A delivery server's fee, which the content server pays (signal 1).
  case usageFee = "usage-fee"
  /// A home server's fee, which the user or the building manager pays (signal 15).
  case homeServerFee = "home-server-fee"
  /// The disc (signal 24).
  case medium
}

/// What a bill counts.
package enum BillUnit: String, Sendable, CaseIterable {
  case purchase, view, day, minute, medium
  /// For fees.
  case month
}

/// Makes sure that parts add up, and that no sum is too large to be written.
func checkSum(of parts: [Int64], is whole: Int64, _ name: String) throws {
  var sum: Int64 = 0
  for part in parts {
    sum += part
    if sum > CanonicalValue.largestInteger {
      throw FieldFault.bad(name, "the sum is more than 2^53 - 1 minor units")
    }
  }
  if parts.isEmpty { throw FieldFault.bad(name, "there are none") }
  if sum != whole { throw FieldFault.bad(name, "they add up to \(sum) instead of \(whole)") }
}
