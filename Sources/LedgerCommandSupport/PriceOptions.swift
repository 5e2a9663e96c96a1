package import ArgumentParser
import CommandLineSupport
package import Trade

/// What a title or a service costs; prices are without tax.
package struct PriceOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The currency of the prices, such as JPY.", valueName: "code"))
  package var currency: String?

  @Option(
    help: ArgumentHelp("The tax on the prices, such as 10%. (default: 0%)", valueName: "rate"))
  package var tax: String?

  @Option(help: ArgumentHelp("The price of a copy to keep.", valueName: "decimal"))
  package var price: String?

  @Option(help: ArgumentHelp("The price of one viewing.", valueName: "decimal")) package var view:
    String?

  @Option(help: ArgumentHelp("The price of a day that a copy is held.", valueName: "decimal"))
  package var day: String?

  @Option(help: ArgumentHelp("The price of a minute of viewing.", valueName: "decimal"))
  package var minute: String?

  package init() {}

  private var prices: [(option: String, unit: PriceUnit, text: String?)] {
    [
      ("--price", .purchase, price), ("--view", .view, view), ("--day", .day, day),
      ("--minute", .minute, minute),
    ]
  }

  /// The options that are given.
  package var given: [String] {
    [("--currency", currency), ("--tax", tax)].filter { $0.1 != nil }.map(\.0)
      + prices.filter { $0.text != nil }.map(\.option)
  }

  /// Makes sure that there is something to pay.
  ///
  /// - Throws: `ValidationError`.
  package func checkComplete() throws {
    if currency == nil { throw ValidationError("--currency is missing") }
    if prices.allSatisfy({ $0.text == nil }) {
      throw ValidationError("--price is missing, or --view, --day or --minute")
    }
  }

  /// The tariff.
  ///
  /// - Parameter medium: the price of the medium a shop writes on, if there is one.
  /// - Returns: the prices, the currency and the tax.
  /// - Throws: `MoneyError` or `BadRate`.
  package func tariff(medium: String? = nil) throws -> Tariff {
    let currency = try Currency(currency ?? "")
    var amounts: [PriceUnit: MinorUnits] = [:]
    for (unit, text) in prices.map({ ($0.unit, $0.text) }) + [(.medium, medium)] {
      amounts[unit] = try text.map { try MinorUnits(decimal: $0, currency) }
    }
    return try Tariff(
      currency: currency, taxRate: try tax.map { try TaxRate(percent: $0) } ?? .none,
      prices: amounts)
  }
}

extension TaxRate {
  /// Reads per cent with at most two digits behind the point, such as `10%` and `8.25%`.
  fileprivate init(percent text: String) throws {
    let number = text.hasSuffix("%") ? text.dropLast() : text[...]
    let parts = number.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let (whole, rest) = (parts.first ?? "", parts.count == 2 ? parts[1] : "0")
    let isDigits = [whole, rest].allSatisfy { part in
      !part.isEmpty && part.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
    guard isDigits, rest.count <= 2, whole.count <= 3, let percent = Int(whole),
      let hundredths = Int(rest.count == 1 ? rest + "0" : rest)
    else { throw BadRate(text: text) }
    try self.init(basisPoints: 100 * percent + hundredths)
  }
}

/// A text is no rate of tax.
private struct BadRate: ExplainedError {
  let text: String

  var description: String { "--tax \(quoted(text)) is no rate" }
  var hint: String? { "write per cent, such as 10% or 8.25%" }
}
