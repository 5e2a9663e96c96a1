package import CommandLineSupport
import Distribution
package import Ledger
import Outlets
import Trade

/// Ends viewings, and whatever else is over.
package struct Housekeeping {
  private let books: HomeBooks

  package init(_ books: HomeBooks) { self.books = books }

  /// Ends the viewing of an order (signal 18); one that is ended already is left.
  ///
  /// - Parameter order: the order, which must be for viewing.
  /// - Throws: `HoldingFault`, `IntakeFault.gone`, `StoreBusy`, or as `HomeBooks.end`.
  package func finish(_ order: Handle) throws {
    let lock = try books.store.lock(order)
    try books.log.refresh()
    do {
      let holding = try books.store.holding(order)
      if holding.order.ordered.use == .purchase { throw HomeFault.forKeeping(order) }
      try books.end(holding, .viewed)
      lock.remove()
    } catch HoldingFault.notHeld {
      lock.remove()
      // Done before: what is asked for is the case.
      if try books.isViewed(order) { return }
      throw HoldingFault.notHeld(order)
    }
  }

  /// Ends what has expired and whatever else was left undone.
  ///
  /// Interrupted ends are finished, entries that are missing are written, and what killed processes
  /// have left is removed. What is in use is left for the next time.
  ///
  /// - Returns: what is wrong with single holdings.
  /// - Throws: what stops it altogether.
  package func collect() throws -> [any ExplainedError] {
    try books.log.refresh()
    let faults = try books.store.visitUnused(collect)
    try books.store.removeLeavings()
    return faults
  }

  private func collect(_ holding: Holding) throws {
    if try holding.ending() != nil { return try books.end(holding, .expired) }
    try books.recordStored(holding)
    guard holding.order.ordered.expires < books.author.clock() else { return }
    try books.end(holding, holding.order.ordered.use == .purchase ? .expired : .viewed)
  }
}
