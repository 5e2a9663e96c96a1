import CommandLineSupport

/// Why a text or a result is no currency, amount or rate.
package enum MoneyError: ExplainedError, Equatable {
  /// ISO 4217 has no such code in use.
  case unknownCurrency(String)
  /// The text is no decimal number.
  case notDecimal(String, Currency)
  /// There are more digits after the point than the currency has.
  case tooManyDigits(String, Currency)
  /// An amount, told as it came about, is outside ±(2^53 - 1) minor units.
  case tooLarge(String)
  /// A tax rate is outside 0...10000 basis points.
  case rateOutOfRange(Int)
  /// A price is negative.
  case negativePrice(MinorUnits, PriceUnit)

  /// What went wrong, for the terminal.
  package var description: String {
    switch self {
    case .unknownCurrency(let code): "currency \(quoted(code)) is unknown"
    case .notDecimal(let text, _): "amount \(quoted(text)) is not a decimal number"
    case .tooManyDigits(let text, let currency):
      switch currency.minorDigits {
      case 0: "amount \(quoted(text)) has digits after the point, which \(currency) does not have"
      case let digits:
        "amount \(quoted(text)) has more than the \(digits) digits after the point "
          + "that \(currency) has"
      }
    case .tooLarge(let amount):
      "amount \(quoted(amount)) is outside "
        + "-\(MinorUnits.largest)...\(MinorUnits.largest) minor units"
    case .rateOutOfRange(let basisPoints):
      "tax rate '\(basisPoints)' is outside 0...\(TaxRate.largest) basis points"
    case .negativePrice(let price, let unit):
      "price '\(price.value)' for a \(unit.rawValue) is negative"
    }
  }

  /// What to do about it, if that can be told.
  package var hint: String? {
    switch self {
    case .unknownCurrency(let code):
      if let currency = try? Currency(code.uppercased()) {
        "write \(currency)"
      } else {
        "use a three-letter code of ISO 4217 in capitals, such as EUR, JPY or USD"
      }
    case .notDecimal(_, let currency), .tooManyDigits(_, let currency):
      "write it like " + MinorUnits(unchecked: 123_450).decimalText(currency)
        + ", without sign +, blanks, leading zeros or separators of thousands"
    case .rateOutOfRange: "100 basis points are one per cent"
    case .tooLarge, .negativePrice: nil
    }
  }
}
