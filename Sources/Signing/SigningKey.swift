import CSodium
package import MarkKeys

/// An Ed25519 secret key (RFC 8032) and the name of the party it belongs to.
///
/// The bytes never change after the initialiser and are overwritten when the last reference goes
/// away, which is why sharing between threads is sound.
package final class SigningKey: @unchecked Sendable {
  /// The name of the party.
  package let name: String
  /// The key that verifies what this one signs.
  package let publicKey: PublicKey
  /// Seed and public key, as libsodium wants them.
  private let storage: UnsafeMutablePointer<UInt8>

  /// Derives the key pair from a seed.
  package init(name: String, seed: Secret) {
    self.name = name
    storage = .allocate(capacity: Int(crypto_sign_SECRETKEYBYTES))
    var bytes = [UInt8](repeating: 0, count: PublicKey.byteCount)
    let secretKey = storage
    let isMade = seed.withBytes { seed in
      guard let seed = seed.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return false }
      return crypto_sign_seed_keypair(&bytes, secretKey, seed) == 0
    }
    guard isMade, let publicKey = PublicKey(bytes: bytes) else {
      preconditionFailure("libsodium derives a key pair from any seed")
    }
    self.publicKey = publicKey
  }

  deinit {
    sodium_memzero(storage, Int(crypto_sign_SECRETKEYBYTES))
    storage.deallocate()
  }

  /// The signature of bytes; the same bytes always give the same one.
  package func signature(of message: UnsafeRawBufferPointer) -> Signature {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Signature.byteCount) { bytes in
      guard let target = bytes.baseAddress,
        crypto_sign_detached(
          target, nil, message.baseAddress?.assumingMemoryBound(to: UInt8.self),
          UInt64(message.count), storage) == 0,
        let signature = Signature(bytes: bytes)
      else {
        preconditionFailure("libsodium signs any bytes")
      }
      return signature
    }
  }
}
