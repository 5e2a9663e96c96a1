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
    let faults = try books.store.visitUnused(collect)
    try books.store.removeLeavings()
    return faults
  }

  private func collect(_ holding: Holding) throws {
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
