import CSodium
import CommandLineSupport

/// An Ed25519 public key (RFC 8032), 32 bytes.
///
/// Any 32 bytes are taken; under bytes that are no key, no signature verifies.
package struct PublicKey: Hashable, Sendable {
  /// The number of bytes of every key.
  package static let byteCount = Bytes32.count
  /// The byte in front of the key in its text: the C2SP signature type of Ed25519.
  private static let type: UInt8 = 1

  private let storage: Bytes32

  /// Copies 32 bytes; nil for any other number.
  package init?(bytes: some Collection<UInt8>) {
    guard let storage = Bytes32(bytes) else { return nil }
    self.storage = storage
  }

  /// Reads the text of a key: strict Base64 of 0x01 and the 32 bytes, 44 characters.
  ///
  /// - Throws: `PublicKeyError`.
  package init(text: some StringProtocol) throws(PublicKeyError) {
    guard let bytes = Base64.bytes(text), bytes.count == 1 + Self.byteCount else {
      throw .notAKey(String(text))
    }
    guard bytes.first == Self.type, let storage = Bytes32(bytes.dropFirst()) else {
      throw .unknownType(String(text), bytes[0])
    }
    self.storage = storage
  }

  /// The key as text, as it stands in a C2SP verifier key.
  package var text: String { Base64.text([Self.type] + bytes) }

  /// The bytes, in order.
  package var bytes: [UInt8] { storage.withUnsafeBytes { Array($0) } }

  /// Whether a signature of exactly these bytes was made with the secret key; nothing is allocated.
  package func verifies(_ signature: Signature, of message: UnsafeRawBufferPointer) -> Bool {
    storage.withUnsafeBytes { key in
      signature.withUnsafeBytes { signature in
        guard let key = key.baseAddress, let signature = signature.baseAddress else { return false }
        return crypto_sign_verify_detached(
          signature.assumingMemoryBound(to: UInt8.self),
          message.baseAddress?.assumingMemoryBound(to: UInt8.self), UInt64(message.count),
          key.assumingMemoryBound(to: UInt8.self)) == 0
      }
    }
  }
}

/// Why a text is no public key.
package enum PublicKeyError: ExplainedError, Equatable {
  /// Not 44 characters of Base64.
  case notAKey(String)
  /// A key of another kind than Ed25519.
  case unknownType(String, UInt8)

  package var description: String {
    switch self {
    case .notAKey(let text): "\(quoted(text)) is not a public key of 44 Base64 characters"
    case .unknownType(let text, let type):
      "the public key \(quoted(text)) is of type \(type), only type 1 (Ed25519) is known"
    }
  }

  package var hint: String? { "wm-keygen --public FILE prints the public key of a signing key" }
}
