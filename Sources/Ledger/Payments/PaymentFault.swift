import CommandLineSupport
package import Trade

/// Why a payment or refund cannot be made as asked; amounts are in minor units.
package enum PaymentFault: ExplainedError, Equatable {
  case notPositive(Int64, Currency)
  case partsExceed(Int64, Currency)
  case partTwice
  case twoOpenPurposes
  /// What nothing of the amount is left for, or needs nothing.
  case nothingFor(String, String)
  /// More is paid than is owed, and whether the rest can be prepaid.
  case leftOver(Int64, Currency, canBePrepaid: Bool)
  case taxWithoutSale
  case taxOfTwoSales
  case taxOutside(Int64, Int64, Currency)
  case nothingToRefund(Handle)
  case refundExceeds(Handle, Int64, Int64, Currency)
  case givenBack(Handle)
  case identifierTwice(Handle)

  package var description: String {
    switch self {
    case .notPositive(let amount, let currency):
      "the amount \(money(amount, currency)) is not more than nothing"
    case .partsExceed(let amount, let currency):
      "the parts of the payment are more than its amount of \(money(amount, currency))"
    case .partTwice: "a bill or purpose is named twice"
    case .twoOpenPurposes: "two purposes have no amount"
    case .nothingFor(let kind, let name): "nothing is left to be paid for \(kind) \(quoted(name))"
    case .leftOver(let amount, let currency, _):
      "\(money(amount, currency)) of the payment is more than there is to settle"
    case .taxWithoutSale: "no part of the payment is a sale that could have a tax"
    case .taxOfTwoSales: "the tax is that of two sales"
    case .taxOutside(let tax, let amount, let currency):
      "the tax \(money(tax, currency)) is outside 0...\(money(amount, currency))"
    case .nothingToRefund(let id): "\(quoted("\(id)")) is neither a payment nor a bill"
    case .refundExceeds(let id, let amount, let left, let currency):
      "\(money(amount, currency)) is more than the \(money(left, currency)) left of "
        + quoted("\(id)")
    case .identifierTwice(let id):
      "the identifier \(quoted("\(id)")) is given to two different payments"
    case .givenBack(let id): "nothing is left of \(quoted("\(id)")) to be given back"
    }
  }

  package var hint: String? {
    switch self {
    case .twoOpenPurposes: "write --purpose PURPOSE=AMOUNT"
    case .leftOver(_, _, let canBePrepaid):
      "pay less" + (canBePrepaid ? ", or add --purpose prepaid for the rest" : "")
    case .taxWithoutSale: "the tax of a bill stands in the bill; --sale sells without one"
    case .taxOfTwoSales: "use --tax-rate"
    case .nothingToRefund: "name the identifier that the payment or bill was written with"
    case .notPositive, .partsExceed, .partTwice, .nothingFor, .taxOutside, .refundExceeds,
      .givenBack, .identifierTwice:
      nil
    }
  }
}

/// An amount in minor units as people write it, such as `4.40 EUR`.
package func money(_ amount: Int64, _ currency: Currency) -> String {
  guard let amount = try? MinorUnits(amount) else { return "\(amount) minor units" }
  return "\(amount.decimalText(currency)) \(currency)"
}
