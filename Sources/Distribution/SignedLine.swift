package import Ledger
package import Signing
package import Trade

/// A statement of a party that travels by itself: one line of canonical JSON with a signature.
///
/// The line is an object with the members `author`, `body`, `kind`, `signature` and `version`. What
/// is signed is the text `sukashi/1/` and the kind, a line feed, and the line without its signature.
package struct SignedLine: Sendable, Equatable {
  /// What kind of statement it is, which is signed too, so that none passes for another.
  package enum Kind: String, Sendable, CaseIterable {
    /// An order for a delivery server.
    case order
    /// What is in a parcel.
    case parcel
    /// What was delivered, for the user.
    case receipt
  }

  package let kind: Kind
  /// Who vouches for it.
  package let author: PartyName
  /// What is said.
  package let body: CanonicalValue
  package let signature: Signature

  /// The most bytes of a line that are read.
  package static let longest = 1 << 20

  /// Signs a body.
  package init(_ kind: Kind, by author: PartyName, body: CanonicalValue, key: SigningKey) {
    self.kind = kind
    self.author = author
    self.body = body
    signature = Self.signedBytes(kind, author, body).withUnsafeBytes { key.signature(of: $0) }
  }

  private init(kind: Kind, author: PartyName, body: CanonicalValue, signature: Signature) {
    self.kind = kind
    self.author = author
    self.body = body
    self.signature = signature
  }

  /// Reads a line, without its line feed, and shows its body.
  ///
  /// Whether the signature is right is another question: see `isSigned(with:)`.
  ///
  /// - Parameters:
  ///   - bytes: the line.
  ///   - kind: what it must be.
  ///   - read: takes the members of the body; that all were taken is checked behind it.
  /// - Returns: the line and what was read.
  /// - Throws: `CanonicalFault` or `FieldFault`.
  package static func read<Body>(
    _ bytes: UnsafeRawBufferPointer, _ kind: Kind, _ read: (inout FieldReader) throws -> Body
  ) throws -> (line: SignedLine, body: Body) {
    let text = CanonicalText()
    var fields = try FieldReader(text.read(bytes), called: kind.rawValue)
    let author = try fields.value("author", PartyName.init)
    let node = try fields.required("body")
    let found: Kind = try fields.word("kind")
    guard found == kind else {
      throw FieldFault.bad("kind", "the line is of kind \(found.rawValue), not \(kind.rawValue)")
    }
    guard let signature = try Signature(text: fields.string("signature")) else {
      throw FieldFault.notOfType("signature", "64 bytes in base64")
    }
    _ = try fields.integer("version", in: 1...1)
    try fields.finish()
    var members = try FieldReader(node, called: "body")
    let body = try read(&members)
    try members.finish()
    let line = SignedLine(
      kind: kind, author: author, body: CanonicalValue(node), signature: signature)
    return (line, body)
  }

  /// Whether the author's key made the signature.
  package func isSigned(with key: PublicKey) -> Bool {
    Self.signedBytes(kind, author, body).withUnsafeBytes { key.verifies(signature, of: $0) }
  }

  /// The line, without a line feed.
  package var bytes: [UInt8] { Self.canonical(kind, author, body, signature).bytes }

  private static func signedBytes(
    _ kind: Kind, _ author: PartyName, _ body: CanonicalValue
  ) -> [UInt8] {
    Array("sukashi/1/\(kind.rawValue)\n".utf8) + canonical(kind, author, body, nil).bytes
  }

  private static func canonical(
    _ kind: Kind, _ author: PartyName, _ body: CanonicalValue, _ signature: Signature?
  ) -> CanonicalValue {
    .object([
      "author": .string("\(author)"), "body": body, "kind": .string(kind.rawValue),
      "signature": .text(signature?.base64), "version": .integer(1),
    ])
  }
}

extension Signature {
  /// Reads 88 characters of strict Base64; nil for anything else.
  fileprivate init?(text: String) {
    var text = text
    guard let signature = text.withUTF8({ Signature(base64: UnsafeRawBufferPointer($0)) })
    else { return nil }
    self = signature
  }
}
