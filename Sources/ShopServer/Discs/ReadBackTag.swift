import CCiphers
import MarkKeys

/// Tells whether what is read back is what was written, at many times the speed of a hash.
///
/// A Poly1305 authenticator under a random key that nobody else has: two streams of n bytes that
/// differ have the same one with a probability of at most n / 2^103.
final class ReadBackTag {
  /// Its size in bytes.
  static let byteCount = 16

  private let state: OpaquePointer

  /// Begins with a key.
  ///
  /// - Parameter key: the same for both streams.
  init(_ key: Secret) {
    let state = key.withBytes { cc_poly1305_create($0.baseAddress) }
    guard let state else { preconditionFailure("OpenSSL's ciphers cannot be used") }
    self.state = state
  }

  deinit { cc_poly1305_destroy(state) }

  /// Takes the next bytes.
  func update(_ bytes: UnsafeRawBufferPointer) {
    precondition(cc_poly1305_add(state, bytes.baseAddress, bytes.count) != 0)
  }

  /// The tag; called once.
  func finish() -> [UInt8] {
    var tag = [UInt8](repeating: 0, count: Self.byteCount)
    precondition(cc_poly1305_finish(state, &tag) != 0)
    return tag
  }
}
