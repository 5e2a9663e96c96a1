/// One line of a bill, in the currency of the tariff it was computed by.
///
/// Always net = quantity * unit price and gross = net + tax.
package struct ChargeLine: Sendable, Hashable {
  /// What was used.
  package let unit: PriceUnit
  /// How much of it; negative on reversals.
  package let quantity: Int64
  /// The net price of one.
  package let unitPrice: MinorUnits
  /// Quantity times unit price.
  package let net: MinorUnits
  /// The tax on the net amount.
  package let tax: MinorUnits
  /// What is to be paid.
  package let gross: MinorUnits

  /// The line that takes this one back to the last minor unit.
  package var reversal: ChargeLine {
    ChargeLine(
      unit: unit, quantity: -quantity, unitPrice: unitPrice, net: -net, tax: -tax, gross: -gross)
  }
}
