package import CommandLineSupport
import Distribution
import Ledger
import Outlets
package import Trade

/// What was viewed of a holding and what is owed for it so far.
package struct ServedStatus: Sendable {
  /// What was viewed.
  package let totals: ViewingTotals
  /// The days it was held, a started one counting as a whole one.
  package let days: Int64
  /// What is paid by.
  package let use: PriceUnit
  /// What is owed so far with tax, with the currency behind it; nothing for an order that is bought.
  package let cost: [String]

  init(_ holding: Holding, _ totals: ViewingTotals, days: Int64) throws {
    self.totals = totals
    self.days = days
    use = holding.order.ordered.use
    let quantities = try totals.items.map { item -> Int64 in
      switch holding.order.ordered.use {
      case .view: item.views
      case .day: days
      case .minute: try PriceUnit.minutes(viewing: [item.seconds])
      case .purchase, .medium: 0
      }
    }
    let charges = try OrderCharges(holding.order, quantities: quantities).charges()
    let priced = Array(zip(holding.order.items, charges))
    cost = try Set(holding.order.items.map(\.currency)).sorted().map { currency in
      let sum = try priced.filter { $0.0.currency == currency }.map(\.1.gross).sum()
      return "\(sum.decimalText(currency)) \(currency)"
    }
  }

  /// The same as JSON.
  package var json: JSONValue {
    .object([
      ("use", .string(use.rawValue)), ("seconds", .integer(totals.seconds)),
      ("views", .integer(totals.views)), ("days", .integer(days)),
      ("cost", .array(cost.map { .string($0) })),
      (
        "items",
        .array(
          totals.items.map { item in
            .object([("seconds", .integer(item.seconds)), ("views", .integer(item.views))])
          })
      ),
    ])
  }
}
