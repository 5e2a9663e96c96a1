package import Ledger
import MarkKeys
package import Signing
package import Trade
import TransparencyLog

/// What a user keeps of a delivery: who delivered what to whom, and the proof that the ledger says
/// so. It is verified without the ledger.
package struct DeliveryReceipt: Sendable, Equatable {
  /// The name of the ledger.
  package let origin: Origin
  /// The entry that was written before the first byte left, as it stands in the ledger.
  package let entry: String
  /// What it says.
  package let marking: Marking
  /// What opens the commitment to the codeword: 32 bytes.
  package let salt: [UInt8]
  package let title: String?
  package let artist: String?
  /// The hash of the master the copy was made of.
  package let master: SHA256Hash
  /// How many bytes were sent.
  package let bytes: Int64
  /// The hash of what was sent.
  package let hash: SHA256Hash
  /// The C2SP tlog-proof of the entry, with the checkpoint.
  package let proof: String
  /// Whether the delivery server signed the checkpoint itself, having none of the ledger.
  package let isSelfSigned: Bool

  /// The receipt, signed by the delivery server.
  package func signed(by author: PartyName, with key: SigningKey) -> SignedLine {
    SignedLine(.receipt, by: author, body: canonical, key: key)
  }

  /// Reads a receipt, with or without a line feed; nothing is verified yet.
  ///
  /// - Throws: `CanonicalFault`, `FieldFault` or what is wrong with the entry.
  package static func read(_ bytes: UnsafeRawBufferPointer) throws
    -> (line: SignedLine, receipt: DeliveryReceipt)
  {
    let end = bytes.last == UInt8(ascii: "\n") ? bytes.count - 1 : bytes.count
    let line = UnsafeRawBufferPointer(rebasing: bytes[..<end])
    let (signed, receipt) = try SignedLine.read(line, .receipt) { try DeliveryReceipt(&$0) }
    return (signed, receipt)
  }

  package init(
    origin: Origin, entry: String, salt: [UInt8], title: String?, artist: String?,
    master: SHA256Hash, bytes: Int64, hash: SHA256Hash, proof: String, isSelfSigned: Bool
  ) throws {
    self.origin = origin
    self.entry = entry
    marking = try Self.marking(entry)
    self.salt = salt
    self.title = title
    self.artist = artist
    self.master = master
    self.bytes = bytes
    self.hash = hash
    self.proof = proof
    self.isSelfSigned = isSelfSigned
  }

  private init(_ fields: inout FieldReader) throws {
    guard let master = SHA256Hash(base64: try fields.string("master")),
      let hash = SHA256Hash(base64: try fields.string("hash")),
      let salt = SHA256Hash(base64: try fields.string("salt"))
    else { throw FieldFault.notOfType("hash", "32 bytes in base64") }
    let hashes = try fields.list("hashes") { node, name in
      guard let text = node.string else { throw FieldFault.notOfType(name, "a text") }
      return text
    }
    let index = try fields.integer("index")
    let checkpoint = try fields.list("checkpoint") { node, name in
      guard let text = node.string else { throw FieldFault.notOfType(name, "a text") }
      return text
    }
    let proof =
      ([TlogProof.firstLine, "index \(index)"] + hashes + [""] + checkpoint)
      .map { $0 + "\n" }.joined()
    try self.init(
      origin: fields.value("origin", Origin.init), entry: fields.string("entry"),
      salt: salt.bytes, title: fields.optionalWords("title"),
      artist: fields.optionalWords("artist"), master: master, bytes: fields.integer("bytes"),
      hash: hash, proof: proof,
      isSelfSigned: fields.word("checkpoint-by", as: Signer.self) == .deliveryServer)
  }

  private enum Signer: String, CaseIterable {
    case ledger
    case deliveryServer = "delivery-server"
  }

  private static func marking(_ entry: String) throws -> Marking {
    let event = try Array(entry.utf8).withUnsafeBytes { try EntryReader().read($0).event() }
    guard let marking = event.body as? Marking else {
      throw FieldFault.bad("entry", "it is no marking")
    }
    return marking
  }

  /// The lines of the proof behind its first one: JSON here has no line feeds in texts.
  private var canonical: CanonicalValue {
    let lines = proof.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    let end = lines.firstIndex(of: "") ?? lines.endIndex
    let index = lines[1].dropFirst("index ".count)
    return .object([
      "artist": .text(artist), "bytes": .integer(bytes),
      "checkpoint": .array(lines[(end + 1)...].map { .string(String($0)) }),
      "checkpoint-by": .string(
        (isSelfSigned ? Signer.deliveryServer : Signer.ledger).rawValue),
      "entry": .string(entry), "hash": .string(hash.base64),
      "hashes": .array(lines[2..<end].map { .string(String($0)) }),
      "index": .integer(Int64(index) ?? 0), "master": .string(master.base64),
      "origin": .string("\(origin)"), "salt": .string(Base64.text(salt)), "title": .text(title),
    ])
  }
}
