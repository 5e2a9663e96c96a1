package import Ledger
package import Trade

/// What an order costs, and the reports and bills that end it (signals 9 and 10).
package struct OrderCharges {
  private let order: Order
  private let quantities: [Int64]
  private let entries: DeliveryIdentifiers

  /// - Parameters:
  ///   - order: the order, with its prices.
  ///   - quantities: how many units of the order's use there were, title by title: 1 copy, or so
  ///     many views, days or minutes.
  package init(_ order: Order, quantities: [Int64]) {
    precondition(quantities.count == order.items.count)
    self.order = order
    self.quantities = quantities
    entries = DeliveryIdentifiers(order: order.ordered.order)
  }

  /// The charge for each title.
  ///
  /// - Throws: `TariffError` or `MoneyError.tooLarge`.
  package func charges() throws -> [ChargeLine] {
    try zip(order.items, quantities).map { item, quantity in
      try Tariff(
        currency: item.currency, taxRate: item.taxRate, prices: [order.ordered.use: item.price]
      ).charge(quantity, order.ordered.use)
    }
  }

  /// A report of each title to its content server.
  ///
  /// - Parameter matter: what is reported.
  /// - Returns: the entries.
  /// - Throws: as `charges()`.
  package func reports(_ matter: ReportMatter) throws -> [Draft] {
    let ordered = order.ordered
    return try zip(order.items, charges()).map { item, charge in
      Draft(
        id: try entries.entry(item.content, .reported),
        Reported(
          order: ordered.order, content: item.content, user: ordered.user,
          contentServer: ordered.contentServer, matter: matter, fee: charge.gross.value,
          currency: item.currency))
    }
  }

  /// A bill for each currency, if there is anything to pay.
  ///
  /// - Parameter shop: the shop that is billed on the user's behalf; otherwise the user is.
  /// - Returns: the entries.
  /// - Throws: as `charges()`.
  package func bills(to shop: PartyName? = nil) throws -> [Draft] {
    let ordered = order.ordered
    let charged = Array(zip(order.items, try charges()))
    let currencies = Set(order.items.map(\.currency)).sorted { "\($0)" < "\($1)" }
    return try currencies.compactMap { currency in
      let lines = try charged.filter { $0.0.currency == currency && $0.1.gross > .zero }
        .map { item, charge in try BillLine(.content, item.content, charge) }
      if lines.isEmpty { return nil }
      return Draft(
        id: try entries.bill(currencies.count > 1 ? "\(currency)" : nil),
        Billed(
          payer: shop.map { PartyReference(.shop, $0) } ?? PartyReference(.user, ordered.user),
          payee: PartyReference(.contentServer, ordered.contentServer), currency: currency,
          lines: lines, order: ordered.order, beneficiary: shop == nil ? nil : ordered.user))
    }
  }
}

extension BillLine {
  /// The line of a bill for a charge.
  ///
  /// - Parameters:
  ///   - purpose: what it is for.
  ///   - content: the title, if it is for one.
  ///   - charge: at least one unit.
  /// - Throws: `FieldFault.bad` when it is about too much money.
  package init(_ purpose: BillPurpose, _ content: Handle?, _ charge: ChargeLine) throws {
    try self.init(
      purpose: purpose, content: content, quantity: charge.quantity,
      unit: BillUnit(rawValue: charge.unit.rawValue) ?? .purchase,
      unitPrice: charge.unitPrice.value, tax: charge.tax.value)
  }
}
