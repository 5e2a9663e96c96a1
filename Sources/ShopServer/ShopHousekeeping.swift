package import CommandLineSupport
import Distribution
import Ledger
package import Outlets
import Trade

/// Ends what has expired, and whatever else was left undone.
package struct ShopHousekeeping {
  private let books: OutletBooks

  package init(_ books: OutletBooks) { self.books = books }

  /// Does what is overdue.
  ///
  /// Interrupted ends are finished, media that were lost recorded, what has expired erased, and what
  /// killed processes have left removed. What is in use is left for the next time.
  ///
  /// - Returns: what is wrong with single holdings.
  /// - Throws: what stops it altogether.
  package func collect() throws -> [any ExplainedError] {
    try books.log.refresh()
    var faults: [any ExplainedError] = []
    for name in try books.store.holdingNames() {
      do { try collect(name) } catch is StoreBusy {} catch let error as any ExplainedError {
        faults.append(error)
      }
    }
    try books.store.removeLeavings()
    return faults
  }

  private func collect(_ name: String) throws {
    guard let found = try books.store.holding(named: name) else { return }
    let lock = try books.store.lock(found.order.ordered.order, seconds: 0)
    defer { withExtendedLifetime(lock) {} }
    // It may have been ended while the lock was waited for.
    guard let holding = try books.store.holding(named: name) else { return }
    let end = BurnEnd(books)
    if try holding.burnEnding() != nil { return try end.finish(holding) }
    try end.recordLosses(of: holding)
    // Discs that are good already belong to the user: such an order is for people to decide.
    guard holding.order.ordered.expires < books.author.clock(),
      try BurnJournal(holding).good.isEmpty
    else { return }
    try end.end(holding, .expired, discs: 0)
  }
}
