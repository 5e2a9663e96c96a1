// Amounts as people write them: `1234.50`, `-0.05`, `400` for a currency without minor digits.

extension MinorUnits {
  /// The amount in units of the currency, with exactly its number of minor digits.
  package func decimalText(_ currency: Currency) -> String {
    let (units, rest) = value.magnitude.quotientAndRemainder(dividingBy: currency.minorUnitsPerUnit)
    var text = (value < 0 ? "-" : "") + String(units)
    if currency.minorDigits > 0 {
      let digits = String(rest)
      text += "." + String(repeating: "0", count: currency.minorDigits - digits.count) + digits
    }
    return text
  }

  /// Parses an amount in units of the currency.
  ///
  /// A sign may only be `-`. The digits before the point start with 0 only when it is the only
  /// one; digits after the point may be fewer than the currency has, not more, not zero.
  ///
  /// - Throws: `MoneyError` for other forms, for more digits than the currency has and for amounts
  ///   out of range.
  package init(decimal text: String, _ currency: Currency) throws {
    let unsigned = text.hasPrefix("-") ? text.dropFirst() : text[...]
    let parts = unsigned.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let units = parts.first ?? ""
    let rest = parts.count == 2 ? parts[1] : ""
    guard Self.areDigits(units), units == "0" || !units.hasPrefix("0"),
      parts.count == 1 || Self.areDigits(rest)
    else { throw MoneyError.notDecimal(text, currency) }
    guard rest.utf8.count <= currency.minorDigits else {
      throw MoneyError.tooManyDigits(text, currency)
    }
    let padding = String(repeating: "0", count: currency.minorDigits - rest.utf8.count)
    guard let magnitude = Int64(units + rest + padding), magnitude <= Self.largest else {
      throw MoneyError.tooLarge("\(text) \(currency)")
    }
    self.init(unchecked: text.hasPrefix("-") ? -magnitude : magnitude)
  }

  private static func areDigits(_ text: Substring) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
  }
}
