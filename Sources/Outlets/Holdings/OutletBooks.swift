import Distribution
package import Ledger
import Signing
package import Trade

/// A home server or shop at work: its folder, the ledger, and what it writes there.
package final class OutletBooks {
  package let store: OutletStore
  package let log: LedgerLog
  package let author: Author
  /// What it must be enrolled as.
  package let role: PartyKind
  private let lockMilliseconds: Int

  /// - Parameters:
  ///   - store: its folder.
  ///   - log: the ledger.
  ///   - author: who it is.
  ///   - role: what it must be enrolled as.
  ///   - lockMilliseconds: how long to wait for other writers.
  /// - Throws: `IntakeFault.notEnrolled`, `EntryFault.revoked`, `LedgerFault.wrongKey`, or what the
  ///   ledger throws.
  package init(
    _ store: OutletStore, _ log: LedgerLog, _ author: Author, as role: PartyKind,
    lockMilliseconds: Int
  ) throws {
    self.store = store
    self.log = log
    self.author = author
    self.role = role
    self.lockMilliseconds = lockMilliseconds
    // Who cannot write into the ledger begins nothing.
    let party = try here()
    if party.isRevoked { throw EntryFault.revoked(author.name) }
    if party.key != author.key.publicKey { throw LedgerFault.wrongKey("\(author.name)") }
  }

  /// What the ledger says of this party.
  ///
  /// - Throws: `IntakeFault.notEnrolled`, or what the ledger throws.
  package func here() throws -> Facts.Party {
    guard let party = try log.facts.party("\(author.name)"), party.role == role else {
      throw IntakeFault.notEnrolled(author.name, role)
    }
    return party
  }

  /// Appends entries; those that are there are not written again.
  ///
  /// - Parameter drafts: the entries.
  /// - Returns: their receipts.
  /// - Throws: as `LedgerLog.append`.
  @discardableResult
  package func append(_ drafts: [Draft]) throws -> [Receipt] {
    if drafts.isEmpty { return [] }
    return try log.append(drafts, by: author, lockMilliseconds: lockMilliseconds)
  }

  /// Why the ledger says that what was held for an order is gone; nil when it does not say so.
  ///
  /// - Throws: what the ledger throws.
  package func deletion(of order: Handle) throws -> DeletionCause? {
    let entry = try log.facts.entry(DeliveryIdentifiers(order: order).entry(.deleted))
    return (entry?.event.body as? Deleted)?.cause
  }
}
