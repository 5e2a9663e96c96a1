import CSodium
package import MarkKeys
package import Signing

/// The key of a title's fingerprints: biases, codewords and salts all follow from it.
///
/// It is the sub-key `fingerprint` of the title's sub-key, see `docs/fingerprint-code.md`. A delivery
/// server that is given it can write and a tracer can read the codewords of this title, and of no
/// other one.
package struct FingerprintKey: Sendable, Equatable {
  /// The 32 bytes.
  package let secret: Secret

  /// Takes the bytes of a key that was handed over.
  package init(secret: Secret) { self.secret = secret }

  /// Derives the key of a title.
  ///
  /// - Parameters:
  ///   - key: the mark key of the content server.
  ///   - title: the title's identifier.
  package init(key: MarkKey, title: String) {
    let titleKey = MarkKey(name: title, secret: key.subKey(.title(title)))
    secret = titleKey.subKey(.fingerprint)
  }

  /// What can be published before the first sale, so that the key cannot be chosen to fit a suspect.
  package var commitment: SHA256Hash {
    var hasher = SHA256Hasher()
    "sukashi/1/fingerprint-key\n".utf8.forEach { hasher.update($0) }
    secret.withBytes { hasher.update($0) }
    return hasher.finish()
  }
}

/// Which of a delivery's streams: the last eight bytes of its nonce.
enum DeliveryStream: UInt64 {
  /// One byte for each bit of the codeword.
  case codeword = 1
  /// The 32 bytes that hide the codeword in its commitment.
  case salt = 2
}

extension FingerprintKey {
  /// Has libsodium look what the processor can do: its ChaCha20 is four times slower until then.
  ///
  /// The bytes are the same either way, so nothing depends on whether that works.
  static let isPrepared = sodium_init() >= 0

  /// Writes a part of a delivery's stream: XChaCha20 with the message as the nonce's first 16 bytes.
  ///
  /// Two blocks of ChaCha20 are the price of a short codeword, whichever message it is for; all 128
  /// bits of the message count.
  ///
  /// - Parameters:
  ///   - target: where the bytes go.
  ///   - block: the number of the first block of 64 bytes.
  ///   - message: the delivery.
  ///   - stream: which of its streams.
  ///   - key: the bytes of the fingerprint key.
  @inline(__always)
  static func write(
    _ target: UnsafeMutableBufferPointer<UInt8>, fromBlock block: Int, of message: Message,
    _ stream: DeliveryStream, key: UnsafeRawBufferPointer
  ) {
    guard let base = target.baseAddress, let key = key.baseAddress, !target.isEmpty else { return }
    let nonce = (message.high.bigEndian, message.low.bigEndian, stream.rawValue.littleEndian)
    withUnsafeBytes(of: nonce) { nonce in
      guard let nonce = nonce.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
      let key = key.assumingMemoryBound(to: UInt8.self)
      if block == 0 {
        crypto_stream_xchacha20(base, UInt64(target.count), nonce, key)
      } else {
        target.update(repeating: 0)
        crypto_stream_xchacha20_xor_ic(
          base, base, UInt64(target.count), nonce, UInt64(block), key)
      }
    }
  }
}
