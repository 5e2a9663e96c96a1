import CSodium

/// A mark key: whoever holds it can write and read the marks made with it.
///
/// The secret itself is used for nothing but to derive sub-keys, one for each purpose, so that one
/// of them can be given away without the others. See `docs/keys.md`.
package struct MarkKey: Sendable, Equatable {
  /// The name that reports show.
  package let name: String
  /// The secret all sub-keys come from.
  package let secret: Secret

  package init(name: String, secret: Secret) {
    self.name = name
    self.secret = secret
  }

  /// What a sub-key is for.
  package enum Purpose: Sendable, Hashable {
    /// The chips: which bands are raised and lowered in a symbol.
    case chips
    /// The schedule: which symbol belongs to which class and bit.
    case slots
    /// The whitening and order of the coded message.
    case code
    /// The biases and bits of the fingerprint codewords.
    case fingerprint
    /// The tile of pictures: frequencies and phases of its template.
    case imageTile
    /// The message in pictures: its scrambling, whitening and order.
    case imageCode
    /// Everything of one title, by its identifier.
    case title(String)

    /// The `info` of the key derivation.
    package var label: String {
      switch self {
      case .chips: "sukashi/1/chips"
      case .slots: "sukashi/1/slots"
      case .code: "sukashi/1/code"
      case .fingerprint: "sukashi/1/fingerprint"
      case .imageTile: "sukashi/1/image-tile"
      case .imageCode: "sukashi/1/image-code"
      case .title(let identifier): "sukashi/1/title/" + identifier
      }
    }
  }

  /// Derives the 32-byte sub-key for a purpose.
  package func subKey(_ purpose: Purpose) -> Secret {
    var bytes = secret.withBytes { material in
      KeyDerivation.hkdf(
        material: material, salt: [], info: Array(purpose.label.utf8), count: Secret.byteCount)
    }
    defer { sodium_memzero(&bytes, bytes.count) }
    return Secret(bytes)
  }
}
