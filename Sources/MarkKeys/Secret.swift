import CSodium

/// 32 secret bytes that are overwritten when the last reference goes away.
///
/// The bytes never change after the initialiser, which is why sharing between threads is sound.
package final class Secret: @unchecked Sendable {
  /// The number of bytes of every secret.
  package static let byteCount = 32

  private let storage: UnsafeMutableRawBufferPointer

  /// Copies 32 bytes.
  package init(_ bytes: some Collection<UInt8>) {
    precondition(bytes.count == Self.byteCount)
    storage = .allocate(byteCount: Self.byteCount, alignment: 16)
    storage.copyBytes(from: bytes)
  }

  /// 32 bytes from the operating system's generator.
  package static func random() -> Secret {
    precondition(sodium_init() >= 0, "libsodium found no source of randomness")
    let secret = Secret(repeatElement(0, count: byteCount))
    if let base = secret.storage.baseAddress { randombytes_buf(base, byteCount) }
    return secret
  }

  deinit {
    sodium_memzero(storage.baseAddress, storage.count)
    storage.deallocate()
  }

  /// Lends the bytes for the length of a call.
  package func withBytes<Result>(
    _ body: (UnsafeRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    try withExtendedLifetime(self) { try body(UnsafeRawBufferPointer(storage)) }
  }
}

extension Secret: Equatable {
  /// Compares in constant time.
  package static func == (left: Secret, right: Secret) -> Bool {
    left.withBytes { a in
      right.withBytes { b in sodium_memcmp(a.baseAddress, b.baseAddress, byteCount) == 0 }
    }
  }
}
