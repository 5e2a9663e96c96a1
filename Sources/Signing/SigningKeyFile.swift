package import MarkKeys

/// A signing key together with where it came from.
package struct SigningKeyFile: Sendable {
  /// The key; without a name of its own it has the file's.
  package let key: SigningKey
  private let file: KeyFile

  /// The file as named by the user.
  package var path: String { file.path }
  /// Whether the group or others have the right to read the file.
  package var isExposed: Bool { file.isExposed }
  /// What to tell the user about the file's permissions, or nil.
  package var warning: String? { file.warning }
  /// The cure for `warning`.
  package var hint: String { file.hint }

  /// Reads a key from a file; `-` is standard input.
  ///
  /// - Throws: `SystemError` when it cannot be read, `KeyFileError` when it is no signing key, has
  ///   no name, or names another public key than its own.
  package init(reading path: String) throws {
    file = try KeyFile(reading: path, as: .signing)
    do { key = try Self.key(file.text, baseName: KeyFile.baseName(of: path)) } catch {
      throw KeyFileError.malformed(.signing, path == "-" ? "standard input" : path, error)
    }
  }

  /// The key of a file's text.
  ///
  /// - Parameters:
  ///   - text: what stands in the file.
  ///   - baseName: what the key is called without a name of its own.
  /// - Returns: the key.
  /// - Throws: `KeyFault.noName` or `.wrongPublicKey`.
  package static func key(_ text: KeyText, baseName: String) throws(KeyFault) -> SigningKey {
    let name = text.name ?? baseName
    guard KeyKind.signing.isName(name) else { throw .noName(name) }
    let key = SigningKey(name: name, seed: text.secret)
    if let written = text.publicKey, written != key.publicKey.text { throw .wrongPublicKey }
    return key
  }

  /// The text of a key file, with the public key.
  ///
  /// - Parameters:
  ///   - name: the party, or nil when the file's name is to tell it.
  ///   - created: the time in the form `2026-11-22T21:28:00Z`, or nil.
  ///   - seed: the Ed25519 seed.
  /// - Returns: the text.
  package static func text(name: String?, created: String?, seed: Secret) -> KeyText {
    let publicKey = SigningKey(name: name ?? "", seed: seed).publicKey.text
    return KeyText(.signing, name: name, created: created, publicKey: publicKey, secret: seed)
  }

  /// Creates a key file with mode 0600 and makes it durable; an existing file is never touched.
  ///
  /// - Throws: as `KeyFile.create`.
  package static func create(_ path: String, name: String?, created: String?, seed: Secret) throws {
    try KeyFile.create(path, text(name: name, created: created, seed: seed))
  }
}
