import CommandLineSupport
import Glibc
package import Ledger
package import Outlets
package import Trade

/// What a home server's administrator takes for its service (signal 15), and from whom.
///
/// Every unit with a price counts by itself, and for the order as a whole: `purchase` once for an
/// order that is handed over, `view`, `day` and `minute` by what the holding was used.
package struct HomeFee: Sendable, Equatable {
  /// The prices.
  package let tariff: Tariff
  /// The building manager who pays; nil for the user.
  package let manager: PartyName?

  package init(tariff: Tariff, manager: PartyName?) {
    self.tariff = tariff
    self.manager = manager
  }

  /// The units a fee may have prices for.
  package static let units: [PriceUnit] = [.purchase, .view, .day, .minute]

  /// Reads a fee from the members of an object.
  ///
  /// - Throws: `FieldFault`.
  package init(_ fields: inout FieldReader) throws {
    let currency = try fields.value("currency", Currency.init)
    manager = try fields.optionalValue("manager", PartyName.init)
    var prices: [PriceUnit: MinorUnits] = [:]
    for unit in Self.units {
      prices[unit] = try Self.price(unit, &fields).map { try MinorUnits($0) }
    }
    let rate = try fields.integer("tax-rate", in: 0...Int64(TaxRate.largest))
    tariff = try Tariff(
      currency: currency, taxRate: TaxRate(basisPoints: Int(rate)), prices: prices)
  }

  private static func price(_ unit: PriceUnit, _ fields: inout FieldReader) throws -> Int64? {
    switch unit {
    case .purchase: try fields.optionalInteger("purchase")
    case .view: try fields.optionalInteger("view")
    case .day: try fields.optionalInteger("day")
    case .minute: try fields.optionalInteger("minute")
    case .medium: nil
    }
  }

  var canonical: CanonicalValue {
    func price(_ unit: PriceUnit) -> CanonicalValue? {
      tariff.prices[unit].map { .integer($0.value) }
    }
    return .object([
      "currency": .string("\(tariff.currency)"), "day": price(.day),
      "manager": .text(manager?.description), "minute": price(.minute),
      "purchase": price(.purchase), "tax-rate": .integer(Int64(tariff.taxRate.basisPoints)),
      "view": price(.view),
    ])
  }
}

extension OutletStore {
  /// The file with the fee.
  private var feePath: String { path + "/fee.json" }

  /// The fee of this home server; nil when it takes none.
  ///
  /// - Throws: `FieldFault`, `CanonicalFault` or `SystemError`.
  package func fee() throws -> HomeFee? {
    guard let fee = try CanonicalFile.read(feePath, { try HomeFee(&$0) }) else { return nil }
    return fee
  }

  /// Sets the fee, or with nil takes none from now on; holdings that are ended keep theirs.
  ///
  /// - Throws: `SystemError`.
  package func set(_ fee: HomeFee?) throws {
    if let fee { return try CanonicalFile.write(fee.canonical, to: feePath) }
    if unlink(feePath) != 0, errno != ENOENT { throw SystemError("cannot remove", feePath) }
    try synchronizeFolder(of: feePath)
  }
}
