/// What a title costs: a price for each unit it is offered by, the currency and the rate of tax.
package struct Tariff: Sendable, Hashable {
  /// The currency of all prices.
  package let currency: Currency
  /// The tax that is added to net prices.
  package let taxRate: TaxRate
  /// The net price of each unit; what has no price is not offered.
  package let prices: [PriceUnit: MinorUnits]

  /// Takes net prices.
  ///
  /// - Throws: `MoneyError.negativePrice`.
  package init(
    currency: Currency, taxRate: TaxRate = .none, prices: [PriceUnit: MinorUnits]
  ) throws {
    for unit in PriceUnit.allCases {
      if let price = prices[unit], price < .zero { throw MoneyError.negativePrice(price, unit) }
    }
    self.currency = currency
    self.taxRate = taxRate
    self.prices = prices
  }

  /// The charge for a quantity of some unit: quantity times unit price, and the tax on that.
  ///
  /// Tax is rounded once for the line, see `TaxRate.tax(on:)`.
  ///
  /// - Throws: `TariffError` when the unit is not offered or the quantity negative,
  ///   `MoneyError.tooLarge`.
  package func charge(_ quantity: Int64, _ unit: PriceUnit) throws -> ChargeLine {
    guard quantity >= 0 else { throw TariffError.negativeQuantity(quantity, unit) }
    guard let price = prices[unit] else { throw TariffError.notOffered(unit) }
    let net = try price * quantity
    let tax = taxRate.tax(on: net)
    return ChargeLine(
      unit: unit, quantity: quantity, unitPrice: price, net: net, tax: tax, gross: try net + tax)
  }

  /// The charge for the days a copy was held, see `PriceUnit.days(from:until:)`.
  ///
  /// - Throws: `TariffError`, `MoneyError.tooLarge`.
  package func charge(heldFrom start: UTCTime, until end: UTCTime) throws -> ChargeLine {
    try charge(PriceUnit.days(from: start, until: end), .day)
  }

  /// The charge for the viewings of one order, see `PriceUnit.minutes(viewing:)`.
  ///
  /// - Parameter seconds: how long each viewing took.
  /// - Returns: the line of the bill.
  /// - Throws: `TariffError`, `MoneyError.tooLarge`.
  package func charge(viewing seconds: some Sequence<Int64>) throws -> ChargeLine {
    try charge(PriceUnit.minutes(viewing: seconds), .minute)
  }
}
