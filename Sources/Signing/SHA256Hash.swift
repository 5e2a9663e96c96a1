import CCrypto

/// A SHA-256 hash (FIPS 180-4), 32 bytes.
package struct SHA256Hash: Hashable, Sendable {
  /// The number of bytes of every hash.
  package static let byteCount = Bytes32.count

  fileprivate var storage: Bytes32

  /// Copies 32 bytes; nil for any other number.
  package init?(bytes: some Collection<UInt8>) {
    guard let storage = Bytes32(bytes) else { return nil }
    self.storage = storage
  }

  /// Reads 44 characters of strict Base64; nil for anything else.
  package init?(base64: some StringProtocol) {
    guard let bytes = Base64.bytes(base64) else { return nil }
    self.init(bytes: bytes)
  }

  fileprivate init() { storage = Bytes32() }

  /// The hash of bytes.
  package static func of(_ bytes: UnsafeRawBufferPointer) -> SHA256Hash {
    var hasher = SHA256Hasher()
    hasher.update(bytes)
    return hasher.finish()
  }

  /// The bytes, in order.
  package var bytes: [UInt8] { storage.withUnsafeBytes { Array($0) } }

  /// The bytes as 44 characters of Base64.
  package var base64: String { Base64.text(bytes) }

  /// Lends the bytes for the length of a call, without allocating.
  package func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    storage.withUnsafeBytes(body)
  }
}

/// SHA-256 of bytes that come in pieces; nothing is allocated.
package struct SHA256Hasher {
  private var state = cc_sha256()

  /// Starts with no bytes.
  package init() { cc_sha256_start(&state) }

  /// Adds bytes.
  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    guard let base = bytes.baseAddress else { return }
    cc_sha256_add(&state, base, bytes.count)
  }

  /// Adds one byte.
  package mutating func update(_ byte: UInt8) {
    withUnsafeBytes(of: byte) { update($0) }
  }

  /// Adds the 32 bytes of a hash.
  package mutating func update(_ hash: SHA256Hash) {
    hash.withUnsafeBytes { update($0) }
  }

  /// The hash of all bytes added; the hasher must not be used again.
  package mutating func finish() -> SHA256Hash {
    var hash = SHA256Hash()
    hash.storage.withUnsafeMutableBytes { bytes in
      guard let target = bytes.baseAddress else { return }
      cc_sha256_finish(&state, target.assumingMemoryBound(to: UInt8.self))
    }
    return hash
  }
}
