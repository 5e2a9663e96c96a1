import Ledger
import Trade

/// The titles that bills are about, as they were published last before each bill.
struct Catalogue {
  private var titles: [Handle: Published] = [:]

  /// Takes note of a title.
  mutating func add(_ published: Published) { titles[published.content] = published }

  subscript(content: Handle?) -> Published? { content.flatMap { titles[$0] } }

  /// The rate of tax of a line, which bills do not tell: that of the title's tariff when it gives
  /// exactly the tax of the line.
  func rate(of line: BillLine) -> TaxRate? {
    if line.tax == 0 { return TaxRate.none }
    guard let rate = self[line.content]?.tariff.taxRate, let net = try? MinorUnits(line.net),
      rate.tax(on: net).value == line.tax
    else { return nil }
    return rate
  }
}

extension TaxRate {
  /// Per cent with as many digits as it takes, such as `10 %` and `8.25 %`.
  var text: String {
    let (whole, rest) = basisPoints.quotientAndRemainder(dividingBy: 100)
    if rest == 0 { return "\(whole) %" }
    let digits = rest < 10 ? "0\(rest)" : rest % 10 == 0 ? "\(rest / 10)" : "\(rest)"
    return "\(whole).\(digits) %"
  }
}
