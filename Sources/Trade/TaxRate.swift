/// A rate of tax in basis points: 1000 is ten per cent.
package struct TaxRate: Sendable, Hashable {
  /// The largest rate, one hundred per cent.
  package static let largest = 10_000
  /// No tax.
  package static let none = TaxRate(unchecked: 0)

  /// Hundredths of a per cent, 0...10000.
  package let basisPoints: Int

  /// Takes hundredths of a per cent.
  ///
  /// - Throws: `MoneyError.rateOutOfRange` outside 0...10000.
  package init(basisPoints: Int) throws {
    guard 0...Self.largest ~= basisPoints else { throw MoneyError.rateOutOfRange(basisPoints) }
    self.init(unchecked: basisPoints)
  }

  private init(unchecked basisPoints: Int) { self.basisPoints = basisPoints }

  /// The tax on a net amount, rounded half up to a minor unit.
  ///
  /// It is the magnitude that is rounded, so half a unit goes away from zero for negative amounts
  /// too, and the reversal of a charge takes back exactly the tax that was charged.
  package func tax(on net: MinorUnits) -> MinorUnits {
    // Division first keeps all products below 2^53: |net| = 10000 * whole + rest.
    let (whole, rest) = net.value.magnitude.quotientAndRemainder(dividingBy: 10_000)
    let rate = UInt64(basisPoints)
    let tax = Int64(whole * rate + (rest * rate + 5_000) / 10_000)
    return MinorUnits(unchecked: net.value < 0 ? -tax : tax)
  }

  /// The tax in an amount that includes it: amount * rate / (1 + rate), rounded half up.
  ///
  /// As with `tax(on:)` it is the magnitude that is rounded.
  package func tax(in gross: MinorUnits) -> MinorUnits {
    let whole = UInt128(10_000 + basisPoints)
    let product = UInt128(gross.value.magnitude) * UInt128(basisPoints)
    let tax = Int64((2 * product + whole) / (2 * whole))
    return MinorUnits(unchecked: gross.value < 0 ? -tax : tax)
  }
}
