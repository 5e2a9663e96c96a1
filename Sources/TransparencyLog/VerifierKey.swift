import CommandLineSupport
package import Signing

/// A public key that verifies signatures of notes, with the name they carry (C2SP signed-note).
package struct VerifierKey: Hashable, Sendable {
  /// What the key verifies.
  package enum Kind: Hashable, Sendable {
    /// Type 0x01: Ed25519 over the text of the note; how a log signs.
    case signature(PublicKey)
    /// Type 0x04: Ed25519 over time and text (C2SP tlog-cosignature, version 1).
    case cosignature(PublicKey)
    /// Any other type, with its material: nothing it signed can be verified.
    case unknown(type: UInt8, material: [UInt8])
  }

  /// The name and number that its signatures carry.
  package let identity: NoteKeyIdentity
  /// What it verifies.
  package let kind: Kind

  /// The name.
  package var name: String { identity.name }

  /// The key by which a log's signatures are verified.
  ///
  /// - Throws: `VerifierKeyError.badName`.
  package init(name: String, signing key: PublicKey) throws(VerifierKeyError) {
    try self.init(name: name, kind: .signature(key), type: 1, key: key)
  }

  /// The key by which a witness's cosignatures are verified.
  ///
  /// - Throws: `VerifierKeyError.badName`.
  package init(name: String, cosigning key: PublicKey) throws(VerifierKeyError) {
    try self.init(name: name, kind: .cosignature(key), type: 4, key: key)
  }

  private init(name: String, kind: Kind, type: UInt8, key: PublicKey) throws(VerifierKeyError) {
    guard NoteKeyIdentity.isName(name) else { throw .badName(name) }
    let number = Self.number(name: name, type: type, material: key.bytes)
    identity = NoteKeyIdentity(name: name, number: number)
    self.kind = kind
  }

  /// Reads `<name>+<8 hexadecimal digits>+<Base64 of type and key>`.
  ///
  /// - Throws: `VerifierKeyError`.
  package init(_ text: String) throws(VerifierKeyError) {
    let parts = text.utf8.split(
      separator: UInt8(ascii: "+"), maxSplits: 2, omittingEmptySubsequences: false
    ).map { String(decoding: $0, as: UTF8.self) }
    guard parts.count == 3 else { throw .notAKey(text) }
    guard NoteKeyIdentity.isName(parts[0]) else { throw .badName(parts[0]) }
    guard let number = Self.number(digits: parts[1]) else { throw .notAKey(text) }
    guard let bytes = Base64.bytes(parts[2]), let type = bytes.first else { throw .notAKey(text) }
    let material = Array(bytes.dropFirst())
    identity = NoteKeyIdentity(name: parts[0], number: number)
    guard type == 1 || type == 4 else {
      kind = .unknown(type: type, material: material)
      return
    }
    guard let key = PublicKey(bytes: material) else { throw .notAKey(text) }
    guard number == Self.number(name: parts[0], type: type, material: material) else {
      throw .wrongNumber(text)
    }
    kind = type == 1 ? .signature(key) : .cosignature(key)
  }

  /// The key as text.
  package var text: String {
    let bytes: [UInt8] =
      switch kind {
      case .signature(let key): [1] + key.bytes
      case .cosignature(let key): [4] + key.bytes
      case .unknown(let type, let material): [type] + material
      }
    let digits = String(identity.number, radix: 16)
    let zeros = String(repeating: "0", count: 8 - digits.utf8.count)
    return "\(name)+\(zeros)\(digits)+\(Base64.text(bytes))"
  }

  /// The first four bytes of SHA-256(name || 0x0A || type || key).
  private static func number(name: String, type: UInt8, material: [UInt8]) -> UInt32 {
    let bytes = Array(name.utf8) + [0x0A, type] + material
    return bytes.withUnsafeBytes { SHA256Hash.of($0) }.bytes.prefix(4)
      .reduce(0) { $0 << 8 | UInt32($1) }
  }

  private static func number(digits: String) -> UInt32? {
    let isLowerCase = digits.utf8.allSatisfy { unit in
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(unit)
        || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(unit)
    }
    return isLowerCase && digits.utf8.count == 8 ? UInt32(digits, radix: 16) : nil
  }
}

/// Why a text is no verifier key, or a key cannot have a name.
package enum VerifierKeyError: LogFault, Equatable {
  /// The form is wrong, or the key has another length than its type asks for.
  case notAKey(String)
  /// The name is empty, or has a blank, a `+` or a control character.
  case badName(String)
  /// The digits are not those that follow from name and key.
  case wrongNumber(String)

  package var word: String {
    switch self {
    case .notAKey: "not-a-key"
    case .badName: "bad-name"
    case .wrongNumber: "wrong-number"
    }
  }

  package var description: String {
    switch self {
    case .notAKey(let text): "\(quoted(text)) is not a verifier key NAME+NUMBER+KEY"
    case .badName(let name):
      "\(quoted(name)) cannot be the name of a key: it is empty, or has a blank or a '+'"
    case .wrongNumber(let text):
      "the number in the verifier key \(quoted(text)) is not that of its name and key"
    }
  }
}
