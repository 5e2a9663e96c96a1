import Distribution
import Ledger
import Outlets
import Trade

/// What a shop says in the ledger of an order (signals 20 to 22).
struct BurnRecords {
  private let order: Order
  private let shop: PartyName
  private let entries: DeliveryIdentifiers

  private var ordered: Ordered { order.ordered }

  /// - Parameters:
  ///   - order: the order, with its prices.
  ///   - shop: who writes.
  init(_ order: Order, by shop: PartyName) {
    self.order = order
    self.shop = shop
    entries = DeliveryIdentifiers(order: order.ordered.order)
  }

  /// Media that were lost, in the order of time: each has a number, so that none is said twice.
  func losses(_ losses: [BurnJournal.Loss]) throws -> [Draft] {
    guard let medium = ordered.medium else { return [] }
    return try losses.enumerated().map { number, loss in
      Draft(
        id: try entries.named("spoiled/\(number + 1)"),
        Spoiled(order: ordered.order, shop: shop, medium: medium, reason: loss.reason))
    }
  }

  /// What is written before anything is erased: that there are discs.
  func before(_ ending: BurnEnding) throws -> [Draft] {
    guard ending.cause == .burned, let medium = ordered.medium else { return [] }
    return [
      Draft(
        id: try entries.entry(.burned),
        Burned(
          order: ordered.order, shop: shop, user: ordered.user, medium: medium,
          discs: ending.discs))
    ]
  }

  /// What is written when everything is erased: the deletion, the reports and the bill, which the
  /// shop pays on the user's behalf.
  func after(_ ending: BurnEnding) throws -> [Draft] {
    let isBurned = ending.cause == .burned
    let charges = OrderCharges(order, quantities: order.items.map { _ in isBurned ? 1 : 0 })
    let deleted = Draft(
      id: try entries.entry(.deleted),
      Deleted(order: ordered.order, place: shop, cause: ending.cause))
    return try [deleted] + charges.reports(isBurned ? .delivery : .deletion)
      + charges.bills(to: shop)
  }
}
