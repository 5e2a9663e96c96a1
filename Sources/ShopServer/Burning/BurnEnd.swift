package import Ledger
package import Outlets

/// Ends what a shop holds, or finishes an end that was interrupted.
package struct BurnEnd {
  private let books: OutletBooks

  package init(_ books: OutletBooks) { self.books = books }

  /// Ends a holding; the caller has its lock.
  ///
  /// - Parameters:
  ///   - holding: which one.
  ///   - cause: burned or expired.
  ///   - discs: how many discs there are.
  /// - Throws: `SystemError`, or as `LedgerLog.append`.
  package func end(_ holding: Holding, _ cause: DeletionCause, discs: Int) throws {
    try holding.prepareEnd(BurnEnding(cause: cause, discs: Int64(discs)).canonical)
    try holding.commitEnd()
    try finish(holding)
  }

  /// Does what is left of an end.
  ///
  /// The steps are: `burned`, if there are discs; the key and the copies erased; all other entries in
  /// one append; the rest removed. Whoever is stopped on the way is followed by whoever calls this
  /// next, with the same entries.
  ///
  /// - Parameter holding: which one; its ending is on the disk.
  /// - Throws: as `end`.
  package func finish(_ holding: Holding) throws {
    guard let ending = try holding.burnEnding() else { return }
    let records = BurnRecords(holding.order, by: books.author.name)
    try recordLosses(of: holding)
    try books.append(records.before(ending))
    try holding.erase()
    try books.append(records.after(ending))
    try holding.remove()
  }

  /// Says in the ledger which media were lost; one that was interrupted is lost, too.
  ///
  /// - Parameter holding: which one; the caller has its lock.
  /// - Throws: as `end`.
  package func recordLosses(of holding: Holding) throws {
    var journal = try BurnJournal(holding)
    if journal.open != nil { try journal.spoil("the writing was interrupted") }
    try books.append(
      BurnRecords(holding.order, by: books.author.name).losses(journal.losses))
  }
}
