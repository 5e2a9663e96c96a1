import Distribution
package import Ledger
package import Outlets
import Trade

/// Records that users have their discs (signal 22).
package struct HandingOut {
  private let books: OutletBooks

  package init(_ books: OutletBooks) { self.books = books }

  /// The user has collected the disc; told twice, it is one entry.
  ///
  /// - Parameter order: an order that was burned here.
  /// - Throws: `BurnFault.notBurned` or `.handedOut`, or as `LedgerLog.append`.
  package func collected(_ order: Handle) throws {
    let burned = try burned(order, not: .posted)
    try books.append([
      Draft(
        id: try DeliveryIdentifiers(order: order).entry(.collected),
        Collected(order: order, shop: books.author.name, user: burned.user))
    ])
  }

  /// The disc was posted; told twice with the same number, it is one entry.
  ///
  /// - Parameters:
  ///   - order: an order that was burned here.
  ///   - tracking: the number the carrier gave.
  /// - Throws: `BurnFault.notBurned` or `.handedOut`, or as `LedgerLog.append`.
  package func posted(_ order: Handle, tracking: Handle) throws {
    let burned = try burned(order, not: .collected)
    try books.append([
      Draft(
        id: try DeliveryIdentifiers(order: order).entry(.posted),
        Posted(order: order, shop: books.author.name, user: burned.user, tracking: tracking))
    ])
  }

  private func burned(_ order: Handle, not other: EventKind) throws -> Burned {
    try books.log.refresh()
    let entries = DeliveryIdentifiers(order: order)
    guard let burned = try books.log.facts.entry(entries.entry(.burned))?.event.body as? Burned,
      burned.shop == books.author.name
    else { throw BurnFault.notBurned(order) }
    if try books.log.facts.entry(entries.entry(other)) != nil {
      throw BurnFault.handedOut(order, other)
    }
    return burned
  }
}
