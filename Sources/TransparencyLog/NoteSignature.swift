package import Signing

/// A signature as a line of a note carries it, verified or not.
package struct NoteSignature: Hashable, Sendable {
  /// Whose signature it says it is.
  package let identity: NoteKeyIdentity
  /// The bytes behind the number of the key, 1 or more; their form depends on the kind of the key.
  package let payload: [UInt8]

  private static let dash = "\u{2014} "

  init(identity: NoteKeyIdentity, payload: [UInt8]) {
    self.identity = identity
    self.payload = payload
  }

  /// Signs the text of a note as a log does.
  ///
  /// - Throws: `VerifierKeyError.badName`.
  package init(of text: String, by key: SigningKey, named name: String) throws(VerifierKeyError) {
    identity = try VerifierKey(name: name, signing: key.publicKey).identity
    payload = Array(text.utf8).withUnsafeBytes { key.signature(of: $0).bytes }
  }

  /// Signs the text of a checkpoint as a witness does.
  ///
  /// - Parameters:
  ///   - text: the text of the note.
  ///   - key: the key of the witness.
  ///   - name: the name of the witness.
  ///   - time: when the text was seen, in seconds since 1970, 0 or more.
  /// - Throws: `VerifierKeyError.badName`.
  package init(
    of text: String, cosignedBy key: SigningKey, named name: String, at time: Int
  ) throws(VerifierKeyError) {
    precondition(time >= 0)
    identity = try VerifierKey(name: name, cosigning: key.publicKey).identity
    let signature = Self.cosigned(text, at: time).withUnsafeBytes { key.signature(of: $0) }
    payload = withUnsafeBytes(of: UInt64(time).bigEndian) { Array($0) } + signature.bytes
  }

  /// Reads a line without its end; nil when it is no signature.
  init?(line: String) {
    guard line.utf8.starts(with: Self.dash.utf8) else { return nil }
    let rest = line.utf8.dropFirst(Self.dash.utf8.count)
    guard let space = rest.firstIndex(of: UInt8(ascii: " ")) else { return nil }
    let name = String(decoding: rest[..<space], as: UTF8.self)
    let encoded = String(decoding: rest[rest.index(after: space)...], as: UTF8.self)
    guard NoteKeyIdentity.isName(name), let bytes = Base64.bytes(encoded), bytes.count > 4 else {
      return nil
    }
    let number = bytes.prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    identity = NoteKeyIdentity(name: name, number: number)
    payload = Array(bytes.dropFirst(4))
  }

  /// The line without its end.
  package var line: String {
    let number = withUnsafeBytes(of: identity.number.bigEndian) { Array($0) }
    return Self.dash + identity.name + " " + Base64.text(number + payload)
  }

  /// What a verified signature says.
  enum Finding {
    /// It was made with the key over the text; for a cosignature, at this time.
    case verified(time: Int?)
    /// It was not.
    case wrong
    /// The kind of the key is not known.
    case unknown
  }

  /// Verifies the signature with the key of its identity.
  func finding(text: String, key: VerifierKey) -> Finding {
    switch key.kind {
    case .signature(let key):
      guard let signature = Signature(bytes: payload) else { return .wrong }
      let isMade = Array(text.utf8).withUnsafeBytes { key.verifies(signature, of: $0) }
      return isMade ? .verified(time: nil) : .wrong
    case .cosignature(let key):
      guard let signature = Signature(bytes: payload.dropFirst(8)) else { return .wrong }
      let time = payload.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      guard let time = Int(exactly: time) else { return .wrong }
      let message = Self.cosigned(text, at: time)
      let isMade = message.withUnsafeBytes { key.verifies(signature, of: $0) }
      return isMade ? .verified(time: time) : .wrong
    case .unknown: return .unknown
    }
  }

  /// What a cosignature signs.
  private static func cosigned(_ text: String, at time: Int) -> [UInt8] {
    Array("cosignature/v1\ntime \(time)\n\(text)".utf8)
  }
}
