import Ledger

extension DeliveryServer {
  /// Whether a copy of an order was marked here.
  ///
  /// - Throws: what the ledger throws.
  package func isBegun(_ order: Order) throws -> Bool {
    try log.refresh()
    let entries = DeliveryIdentifiers(order: order.ordered.order)
    return try order.ordered.contents.contains { content in
      try log.facts.entry(entries.entry(content, .marking))?.author == author.name
    }
  }
}
