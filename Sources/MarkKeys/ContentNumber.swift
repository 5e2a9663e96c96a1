import CSodium

/// The 64 bits that name a content in its copyright mark.
///
/// The first bit tells what follows: 1 for a packed ISRC, 0 for a hash. The second one is 0, the
/// other 62 are the number. See `docs/copyright-message.md`.
package struct ContentNumber: Sendable, Hashable {
  /// All 64 bits.
  package let bits: UInt64

  /// Takes the bits as they stand in a message.
  package init(bits: UInt64) { self.bits = bits }

  /// The number of a content with an ISRC.
  ///
  /// - Parameter packedISRC: the ISRC as a number, below 2^62.
  package init(packedISRC: UInt64) {
    precondition(packedISRC >> 62 == 0, "a packed ISRC has 62 bits")
    bits = Self.isrcBit | packedISRC
  }

  /// The number of a content without an ISRC: the first 62 bits of the SHA-256 hash of its handle.
  package init(hashOf handle: String) {
    var hash = [UInt8](repeating: 0, count: crypto_hash_sha256_bytes())
    let units = Array(handle.utf8)
    crypto_hash_sha256(&hash, units, UInt64(units.count))
    bits = hash.prefix(8).reduce(0) { $0 << 8 | UInt64($1) } >> 2
  }

  /// The packed ISRC, nil for other numbers.
  package var packedISRC: UInt64? { bits >> 62 == 2 ? bits & ~Self.isrcBit : nil }

  private static let isrcBit: UInt64 = 1 << 63
}
