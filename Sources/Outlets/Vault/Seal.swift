import CCiphers
import MarkKeys
import Signing

/// How a file of a holding is sealed: in chunks that are encrypted and authenticated one by one, so
/// that any place of it can be read and every change is found (docs/home-server.md).
///
/// A chunk is 64 KiB of plaintext, the last one less, and is followed by its tag. Nonces never
/// repeat, since every holding has a key of its own. The parcel, the number of the file and its
/// length are authenticated with every chunk: what is cut off, exchanged, repeated or taken from
/// another holding does not open.
struct Seal: Sendable {
  /// Bytes of plaintext in a chunk.
  static let chunkSize = 1 << 16
  /// Bytes of a tag.
  static let tagSize = 16
  /// Bytes of a chunk and its tag.
  static let sealedChunkSize = chunkSize + tagSize

  private static let isReady = cc_ciphers_prepare() != 0

  /// The file's size before it was sealed.
  let byteCount: Int64
  private let key: Secret
  private let number: UInt32
  private let context: [UInt8]

  /// - Parameters:
  ///   - key: the key of the holding.
  ///   - parcel: the hash of the parcel's manifest.
  ///   - number: the number of the file in the parcel, from 0.
  ///   - byteCount: its size.
  init(_ key: Secret, parcel: SHA256Hash, number: Int, byteCount: Int64) {
    precondition(Self.isReady, "OpenSSL's ciphers cannot be used")
    self.key = key
    self.number = UInt32(number)
    self.byteCount = byteCount
    context =
      Array("sukashi/1/holding\n".utf8) + parcel.bytes
      + withUnsafeBytes(of: UInt32(number).littleEndian, Array.init)
      + withUnsafeBytes(of: byteCount.littleEndian, Array.init)
  }

  /// The number of chunks.
  var chunkCount: Int64 { (byteCount + Int64(Self.chunkSize) - 1) / Int64(Self.chunkSize) }

  /// The size of the sealed file.
  var sealedByteCount: Int64 { byteCount + chunkCount * Int64(Self.tagSize) }

  /// The bytes of plaintext in a chunk.
  func size(ofChunk chunk: Int64) -> Int {
    Int(min(Int64(Self.chunkSize), byteCount - chunk * Int64(Self.chunkSize)))
  }

  /// Seals a chunk.
  ///
  /// - Parameters:
  ///   - plaintext: its bytes.
  ///   - chunk: its number.
  ///   - sealed: takes them and the tag; not where the plaintext is.
  func seal(
    _ plaintext: UnsafeRawBufferPointer, chunk: Int64, into sealed: UnsafeMutableRawBufferPointer
  ) {
    precondition(sealed.count == plaintext.count + Self.tagSize)
    let isSealed = withParameters(chunk) { nonce, key in
      cc_seal(
        key, nonce, context, context.count, plaintext.baseAddress, plaintext.count,
        sealed.baseAddress)
    }
    precondition(isSealed != 0, "OpenSSL cannot encrypt")
  }

  /// Opens a chunk.
  ///
  /// - Parameters:
  ///   - sealed: its bytes and the tag.
  ///   - chunk: its number.
  ///   - plaintext: takes the bytes; of no use when this fails.
  /// - Returns: whether the chunk is as it was sealed.
  func open(
    _ sealed: UnsafeRawBufferPointer, chunk: Int64, into plaintext: UnsafeMutableRawBufferPointer
  ) -> Bool {
    precondition(sealed.count == plaintext.count + Self.tagSize)
    return withParameters(chunk) { nonce, key in
      cc_open(
        key, nonce, context, context.count, sealed.baseAddress, plaintext.count,
        plaintext.baseAddress)
    } != 0
  }

  private func withParameters<Result>(
    _ chunk: Int64, _ body: (UnsafePointer<UInt8>, UnsafePointer<UInt8>) -> Result
  ) -> Result {
    // The file's number in 4 bytes, the chunk's in 8.
    var nonce = (
      number.littleEndian, UInt32(truncatingIfNeeded: chunk).littleEndian,
      UInt32(truncatingIfNeeded: chunk >> 32).littleEndian
    )
    return key.withBytes { key in
      withUnsafeBytes(of: &nonce) { nonce in
        guard let nonce = nonce.baseAddress, let key = key.baseAddress else {
          preconditionFailure("neither can be empty")
        }
        return body(
          nonce.assumingMemoryBound(to: UInt8.self), key.assumingMemoryBound(to: UInt8.self))
      }
    }
  }
}
