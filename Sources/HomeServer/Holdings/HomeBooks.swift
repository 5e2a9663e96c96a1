import CommandLineSupport
import Distribution
package import Ledger
package import Outlets
package import Trade

/// A home server at work: its folder, the ledger, and what it writes there about its holdings.
package final class HomeBooks {
  /// What all outlets have.
  package let outlet: OutletBooks

  package var store: OutletStore { outlet.store }
  package var log: LedgerLog { outlet.log }
  package var author: Author { outlet.author }

  /// - Throws: `IntakeFault.notEnrolled`, or what the ledger throws.
  package init(
    _ store: OutletStore, _ log: LedgerLog, _ author: Author, lockMilliseconds: Int
  ) throws {
    outlet = try OutletBooks(
      store, log, author, as: .homeServer, lockMilliseconds: lockMilliseconds)
  }

  /// Says in the ledger that a parcel is on the disk, unless it does.
  ///
  /// - Returns: when that was written.
  /// - Throws: as `LedgerLog.append`.
  @discardableResult
  package func recordStored(_ holding: Holding) throws -> UTCTime {
    let ordered = holding.order.ordered
    let draft = Draft(
      id: try DeliveryIdentifiers(order: ordered.order).entry(.stored),
      Stored(
        order: ordered.order, homeServer: author.name, user: ordered.user, parcel: holding.identity)
    )
    return try outlet.append([draft]).first?.time ?? holding.since
  }

  /// Whether the ledger says that a viewing is over.
  func isViewed(_ order: Handle) throws -> Bool {
    try log.facts.entry(DeliveryIdentifiers(order: order).entry(.viewed))?.event.body is Viewed
  }

  /// Ends a holding that is held, or finishes its end.
  ///
  /// The caller has the holding's lock.
  ///
  /// - Parameters:
  ///   - holding: which one.
  ///   - cause: why; what an interrupted end says counts more.
  /// - Throws: `HoldingFault`, `HomeFault.noAdministrator`, `SystemError`, or as
  ///   `LedgerLog.append`.
  package func end(_ holding: Holding, _ cause: DeletionCause) throws {
    if try holding.ending() == nil {
      try prepareEnd(holding, cause)
      try holding.commitEnd()
    }
    try finishEnd(holding)
  }

  /// Works out how a holding is about to end, and puts that on the disk.
  ///
  /// - Parameters:
  ///   - holding: which one.
  ///   - cause: why.
  ///   - bytes: how many bytes the user is given.
  /// - Throws: as `end`.
  func prepareEnd(_ holding: Holding, _ cause: DeletionCause, bytes: Int64 = 0) throws {
    let stored = try recordStored(holding)
    let expires = holding.order.ordered.expires
    let now = author.clock()
    // Nobody pays for the time until a late cron job.
    let time = max(stored, cause == .handedOver ? now : min(now, expires))
    let fee = try store.fee()
    if fee != nil, try outlet.here().administrator == nil {
      throw HomeFault.noAdministrator(author.name)
    }
    let totals = try ViewingMeter(holding).totals
    let isUnseen = totals.views == 0 && totals.seconds == 0
    try holding.prepareEnd(
      Ending(
        cause: cause == .viewed && isUnseen && now > expires ? .expired : cause, time: time,
        bytes: bytes, days: PriceUnit.days(from: stored, until: time), totals: totals, fee: fee
      ).canonical)
  }

  /// Does what is left of an end.
  ///
  /// The steps are: `handed-over`, if it was; the key and the copies erased; all other entries in one
  /// append; the rest removed. Whoever is stopped on the way is followed by whoever calls this next,
  /// with the same entries.
  ///
  /// - Parameter holding: which one; its ending is on the disk.
  /// - Throws: as `end`.
  func finishEnd(_ holding: Holding) throws {
    guard let ending = try holding.ending() else { return }
    let records = EndingRecords(holding, ending, here: try outlet.here())
    try outlet.append(records.before())
    try holding.erase()
    try outlet.append(records.after())
    try holding.remove()
  }
}
