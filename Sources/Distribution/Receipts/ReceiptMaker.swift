import FingerprintCode
import Ledger
import MarkKeys
import Signing
import Trade
package import TransparencyLog

extension DeliveryServer {
  /// Makes the receipt of a copy that was delivered.
  ///
  /// - Parameters:
  ///   - job: the copy.
  ///   - copy: what was sent.
  ///   - checkpoint: of the ledger; where it is missing or does not cover the entry, this server
  ///     signs one itself and the receipt says so.
  /// - Returns: the signed receipt.
  /// - Throws: what the ledger throws, or `VerificationFault` for a checkpoint that is not of it.
  package func receipt(
    of job: CopyJob, _ copy: WrittenCopy, checkpoint: SignedCheckpoint?
  ) throws -> SignedLine {
    guard let index = try log.facts.entry(job.markingID)?.index,
      let line = try log.line(of: index), let hash = copy.hash
    else { throw DeliveryFault.notInLedger(job.marking.order) }
    if let checkpoint { try log.check(checkpoint.checkpoint) }
    let covering = checkpoint.flatMap { Int64($0.checkpoint.size) > index ? $0 : nil }
    let signed =
      try covering
      ?? Checkpoint(
        origin: "\(log.origin)", head: log.settledHead(lockMilliseconds: lockMilliseconds)
      ).signed(by: author.key, named: "\(log.origin)")
    let proof = try TlogProof(
      index: Int(index),
      hashes: log.inclusionProof(of: index, size: Int64(signed.checkpoint.size)),
      checkpoint: signed)
    return try DeliveryReceipt(
      origin: log.origin, entry: String(decoding: line, as: UTF8.self),
      salt: job.commitment.salt, title: job.title?.title, artist: job.title?.artist,
      master: job.item.master, bytes: copy.bytes, hash: hash, proof: proof.text,
      isSelfSigned: covering == nil
    ).signed(by: author.name, with: author.key)
  }
}
