import CommandLineSupport
import Ledger
package import Signing
import Trade
package import TransparencyLog

extension DeliveryReceipt {
  /// Verifies a receipt without the ledger: who signed it and the entry in it, and that the ledger
  /// of the checkpoint has that entry.
  ///
  /// - Parameters:
  ///   - line: the line the receipt came in.
  ///   - deliveryServer: the key of the delivery server.
  ///   - ledger: the key of the ledger; nil accepts a checkpoint that the delivery server signed
  ///     itself, which proves only what the delivery server says.
  /// - Throws: `ReceiptFault`, or what is wrong with proof or checkpoint.
  package func verify(
    _ line: SignedLine, deliveryServer: PublicKey, ledger: VerifierKey?
  ) throws {
    guard line.author == marking.deliveryServer else {
      throw ReceiptFault.otherAuthor("\(line.author)", "\(marking.deliveryServer)")
    }
    guard line.isSigned(with: deliveryServer) else { throw ReceiptFault.forged("\(line.author)") }
    try Array(entry.utf8).withUnsafeBytes { bytes in
      let head = try EntryReader().read(bytes)
      guard try head.authorName == marking.deliveryServer,
        head.isSigned(bytes, with: deliveryServer, origin: origin)
      else { throw ReceiptFault.forgedEntry("\(line.author)") }
      let proof = try TlogProof(parsing: Array(self.proof.utf8))
      guard proof.index == Int(head.index), proof.checkpoint.checkpoint.origin == "\(origin)"
      else { throw ReceiptFault.otherEntry }
      var keys = try [VerifierKey(name: "\(origin)", signing: deliveryServer)]
      if let ledger { keys = [ledger] }
      if ledger != nil, isSelfSigned { throw ReceiptFault.selfSigned("\(line.author)") }
      try proof.verify(leaf: bytes, keys: keys)
    }
  }
}

/// Why a receipt proves nothing.
package enum ReceiptFault: ExplainedError, Equatable {
  case otherAuthor(String, String)
  case forged(String)
  case forgedEntry(String)
  case otherEntry
  case selfSigned(String)

  package var description: String {
    switch self {
    case .otherAuthor(let author, let server):
      "the receipt of a delivery by \(quoted(server)) is signed by \(quoted(author))"
    case .forged(let name): "the receipt is not signed with the key of \(quoted(name))"
    case .forgedEntry(let name):
      "the entry in the receipt is not signed with the key of \(quoted(name))"
    case .otherEntry: "the proof in the receipt is of another entry or ledger"
    case .selfSigned(let name):
      "the checkpoint in the receipt is signed by \(quoted(name)), not by the ledger"
    }
  }

  package var hint: String? {
    switch self {
    case .selfSigned: "ask for a receipt with a checkpoint of the ledger"
    default: nil
    }
  }
}
