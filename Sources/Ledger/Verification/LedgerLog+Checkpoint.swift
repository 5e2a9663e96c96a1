package import Signing
import Trade
package import TransparencyLog

extension LedgerLog {
  /// The size and root of all that is on the disk: what may be signed.
  ///
  /// - Throws: as when appending.
  package func settledHead(lockMilliseconds: Int) throws -> TreeHead {
    try storage.lock(milliseconds: lockMilliseconds)
    defer { storage.unlock() }
    try refreshUnderLock()
    try storage.synchronize()
    durableEnd = coverage.end
    return try head
  }

  /// The content server that opened the ledger, whose key signs its checkpoints.
  ///
  /// - Throws: `LedgerFault.notALedger`.
  package func opener() throws -> Facts.Party {
    guard let line = try line(of: 0) else { throw LedgerFault.empty(storage.name) }
    let name = try line.withUnsafeBytes { bytes in
      (try EntryReader().read(bytes).event().body as? Opened)?.party
    }
    guard let name, let party = try facts.party("\(name)") else {
      throw LedgerFault.notALedger(storage.name)
    }
    return party
  }

  /// A signed checkpoint of all that is on the disk.
  ///
  /// - Parameters:
  ///   - key: the key of the content server that opened the ledger.
  ///   - lockMilliseconds: how long to wait for the lock.
  /// - Returns: the checkpoint, signed in the name of the ledger.
  /// - Throws: `LedgerFault.wrongKey`, `EntryFault.revoked`, or as when appending.
  package func checkpoint(
    signedWith key: SigningKey, lockMilliseconds: Int
  ) throws -> SignedCheckpoint {
    let head = try settledHead(lockMilliseconds: lockMilliseconds)
    let opener = try opener()
    if opener.isRevoked { throw EntryFault.revoked(opener.name) }
    guard opener.key == key.publicKey else { throw LedgerFault.wrongKey("\(opener.name)") }
    return try Checkpoint(origin: "\(origin)", head: head).signed(by: key, named: "\(origin)")
  }

  /// Makes sure that a checkpoint is of this ledger and that its entries are still there.
  ///
  /// - Throws: `VerificationFault`.
  package func check(_ checkpoint: Checkpoint) throws {
    guard checkpoint.origin == "\(origin)" else {
      throw VerificationFault.otherLedger(origin, checkpoint: checkpoint.origin)
    }
    let size = Int64(checkpoint.size)
    guard size <= coverage.count else {
      throw VerificationFault.shorter(entries: coverage.count, checkpoint: size)
    }
    let root = size == 0 ? MerkleTree.emptyRoot : try root(ofFirst: size)
    guard root == checkpoint.root else {
      throw VerificationFault.rewritten(size: size, root: root, checkpoint: checkpoint.root)
    }
  }
}
