import CSodium
import MarkKeys
import Signing
import Testing
import _TestSupport

@testable import Outlets

/// Sealed chunks are what docs/home-server.md says, as another library reads and writes them.
@Suite struct SealTests {
  private static let sizes = [0, 1, 15, 16, 63, 64, 65, 1000, 65_535, 65_536]

  /// Nonce and associated data, put together from the document.
  private static func parameters(
    _ parcel: SHA256Hash, _ number: Int, _ byteCount: Int64, _ chunk: Int64
  ) -> (nonce: [UInt8], context: [UInt8]) {
    func bytes(_ value: some FixedWidthInteger) -> [UInt8] {
      withUnsafeBytes(of: value.littleEndian, Array.init)
    }
    return (
      bytes(UInt32(number)) + bytes(chunk),
      Array("sukashi/1/holding\n".utf8) + parcel.bytes + bytes(UInt32(number)) + bytes(byteCount)
    )
  }

  @Test func libsodiumOpensAndSealsTheSame() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededGenerator(seed: seed)
    for size in Self.sizes {
      let key = Secret((0..<32).map { _ in UInt8.random(in: 0...255, using: &random) })
      let parcel = Array("\(seed)".utf8).withUnsafeBytes { SHA256Hash.of($0) }
      let number = Int.random(in: 0...5000, using: &random)
      let chunk = Int64.random(in: 0...1 << 40, using: &random)
      let byteCount = chunk << 16 + Int64(size)
      let plain = (0..<size).map { _ in UInt8.random(in: 0...255, using: &random) }
      let seal = Seal(key, parcel: parcel, number: number, byteCount: byteCount)
      var sealed = [UInt8](repeating: 0, count: size + Seal.tagSize)
      plain.withUnsafeBytes { plain in
        sealed.withUnsafeMutableBytes { seal.seal(plain, chunk: chunk, into: $0) }
      }
      let (nonce, context) = Self.parameters(parcel, number, byteCount, chunk)
      var other = [UInt8](repeating: 0, count: size + Seal.tagSize)
      _ = crypto_aead_chacha20poly1305_ietf_encrypt(
        &other, nil, plain, UInt64(size), context, UInt64(context.count), nil, nonce,
        key.withBytes { Array($0) })
      #expect(sealed == other, "\(size) bytes, seed \(seed)")
      #expect(Self.open(seal, sealed, chunk) == plain, "\(size) bytes, seed \(seed)")
      // Neither a flipped bit, nor another place, file, parcel, length or key.
      let place = Int.random(in: sealed.indices, using: &random)
      var flipped = sealed
      flipped[place] ^= 1 << UInt8.random(in: 0...7, using: &random)
      #expect(Self.open(seal, flipped, chunk) == nil, "\(size) bytes, seed \(seed)")
      #expect(Self.open(seal, sealed, chunk + 1) == nil)
      for wrong in [
        Seal(key, parcel: parcel, number: number + 1, byteCount: byteCount),
        Seal(key, parcel: parcel, number: number, byteCount: byteCount + 1),
        Seal(.random(), parcel: parcel, number: number, byteCount: byteCount),
        Seal(
          key, parcel: [1].withUnsafeBytes { SHA256Hash.of($0) }, number: number,
          byteCount: byteCount),
      ] {
        #expect(Self.open(wrong, sealed, chunk) == nil)
      }
    }
  }

  private static func open(_ seal: Seal, _ sealed: [UInt8], _ chunk: Int64) -> [UInt8]? {
    var plain = [UInt8](repeating: 0, count: sealed.count - Seal.tagSize)
    let isGood = sealed.withUnsafeBytes { sealed in
      plain.withUnsafeMutableBytes { seal.open(sealed, chunk: chunk, into: $0) }
    }
    return isGood ? plain : nil
  }
}
