/// An Ed25519 signature (RFC 8032), 64 bytes.
package struct Signature: Hashable, Sendable {
  /// The number of bytes of every signature.
  package static let byteCount = Bytes64.count
  /// The number of characters of its Base64 text.
  package static let characterCount = 88

  private var storage: Bytes64

  /// Copies 64 bytes; nil for any other number.
  package init?(bytes: some Collection<UInt8>) {
    guard let storage = Bytes64(bytes) else { return nil }
    self.storage = storage
  }

  /// Reads 88 characters of strict Base64, without allocating; nil for anything else.
  package init?(base64: UnsafeRawBufferPointer) {
    guard base64.count == Self.characterCount else { return nil }
    storage = Bytes64()
    let count = storage.withUnsafeMutableBytes { Base64.decode(base64, into: $0) }
    guard count == Self.byteCount else { return nil }
  }

  /// The bytes as 88 characters of Base64.
  package var base64: String { Base64.text(bytes) }

  /// The bytes, in order.
  package var bytes: [UInt8] { storage.withUnsafeBytes { Array($0) } }

  func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    storage.withUnsafeBytes(body)
  }
}
