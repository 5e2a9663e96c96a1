import CSodium

/// HKDF with HMAC-SHA-256 (RFC 5869), built on libsodium's HMAC.
package enum KeyDerivation {
  private static let hashCount = 32

  /// Extracts a pseudo-random key from keying material and expands it.
  ///
  /// - Parameters:
  ///   - material: the input keying material, any length.
  ///   - salt: any length; empty stands for 32 zero bytes, as in the RFC.
  ///   - info: what the key is for.
  ///   - count: the length of the result in bytes, 1...8160.
  /// - Returns: the key.
  package static func hkdf(
    material: UnsafeRawBufferPointer, salt: [UInt8], info: [UInt8], count: Int
  ) -> [UInt8] {
    precondition((1...255 * hashCount).contains(count))
    var extracted = authenticationCode(key: salt) { state in update(&state, material) }
    defer { sodium_memzero(&extracted, extracted.count) }
    var result: [UInt8] = []
    var block: [UInt8] = []
    var number: UInt8 = 0
    while result.count < count {
      number += 1
      block = authenticationCode(key: extracted) { state in
        block.withUnsafeBytes { bytes in update(&state, bytes) }
        info.withUnsafeBytes { bytes in update(&state, bytes) }
        withUnsafeBytes(of: &number) { bytes in update(&state, bytes) }
      }
      result += block.prefix(count - result.count)
    }
    sodium_memzero(&block, block.count)
    return result
  }

  /// HMAC-SHA-256 of bytes under a sub-key, 32 bytes.
  package static func authenticationCode(of bytes: [UInt8], key: Secret) -> [UInt8] {
    var secret = key.withBytes { Array($0) }
    defer { sodium_memzero(&secret, secret.count) }
    return authenticationCode(key: secret) { state in
      bytes.withUnsafeBytes { update(&state, $0) }
    }
  }

  private static func authenticationCode(
    key: [UInt8], _ feed: (inout crypto_auth_hmacsha256_state) -> Void
  ) -> [UInt8] {
    var state = crypto_auth_hmacsha256_state()
    crypto_auth_hmacsha256_init(&state, key, key.count)
    feed(&state)
    var code = [UInt8](repeating: 0, count: hashCount)
    crypto_auth_hmacsha256_final(&state, &code)
    withUnsafeMutableBytes(of: &state) { bytes in sodium_memzero(bytes.baseAddress, bytes.count) }
    return code
  }

  private static func update(
    _ state: inout crypto_auth_hmacsha256_state, _ bytes: UnsafeRawBufferPointer
  ) {
    guard let base = bytes.baseAddress else { return }
    crypto_auth_hmacsha256_update(
      &state, base.assumingMemoryBound(to: UInt8.self), UInt64(bytes.count))
  }
}
