import CSodium
import MarkKeys

/// Tells whether what is read back is what was written, at a few times the speed of a hash.
///
/// A Poly1305 authenticator under a random key that nobody else has: two streams of n bytes that
/// differ have the same one with a probability of at most n / 2^103.
final class ReadBackTag {
  private let key: Secret
  private var state = crypto_onetimeauth_poly1305_state()

  /// Begins with a key.
  ///
  /// - Parameter key: the same for both streams.
  init(_ key: Secret) {
    self.key = key
    key.withBytes { key in
      guard let key = key.baseAddress else { preconditionFailure("a key has 32 bytes") }
      crypto_onetimeauth_poly1305_init(&state, key.assumingMemoryBound(to: UInt8.self))
    }
  }

  /// Takes the next bytes.
  func update(_ bytes: UnsafeRawBufferPointer) {
    guard let base = bytes.baseAddress else { return }
    crypto_onetimeauth_poly1305_update(
      &state, base.assumingMemoryBound(to: UInt8.self), UInt64(bytes.count))
  }

  /// The tag: 16 bytes.
  func finish() -> [UInt8] {
    var tag = [UInt8](repeating: 0, count: Int(crypto_onetimeauth_poly1305_BYTES))
    crypto_onetimeauth_poly1305_final(&state, &tag)
    return tag
  }
}
