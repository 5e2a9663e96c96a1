import MarkKeys
import Signing
import Testing
import _TestSupport

/// SHA-256 of whole messages and of messages in pieces.
@Suite struct SHA256HashTests {
  private func hash(_ bytes: [UInt8]) -> String {
    Hexadecimal.text(bytes.withUnsafeBytes { SHA256Hash.of($0) }.bytes)
  }

  /// The example messages for FIPS 180-4.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func theExamplesOfFIPS(_ message: String, _ expected: String) {
    #expect(hash(Array(message.utf8)) == expected)
  }

  @Test func aMillionTimesA() {
    let expected = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    #expect(hash(Array(repeating: UInt8(ascii: "a"), count: 1_000_000)) == expected)
  }

  @Test func piecesMakeTheWhole() {
    var generator = SeededGenerator(seed: 256)
    let bytes = generator.bytes(300)
    for cut in 0...bytes.count {
      var hasher = SHA256Hasher()
      bytes[..<cut].withUnsafeBytes { hasher.update($0) }
      if cut < bytes.count { hasher.update(bytes[cut]) }
      bytes.dropFirst(cut + 1).withUnsafeBytes { hasher.update($0) }
      #expect(Hexadecimal.text(hasher.finish().bytes) == hash(bytes), "\(generator), cut \(cut)")
    }
  }

  @Test func theTextComesBack() throws {
    let text = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
    let hash = try #require(SHA256Hash(base64: text))
    #expect(hash == [UInt8]().withUnsafeBytes { SHA256Hash.of($0) })
    #expect(hash.base64 == text)
    #expect(SHA256Hash(bytes: hash.bytes) == hash)
  }

  @Test func onlyThirtyTwoBytesAreAHash() {
    #expect(SHA256Hash(bytes: [UInt8](repeating: 0, count: 31)) == nil)
    #expect(SHA256Hash(bytes: [UInt8](repeating: 0, count: 33)) == nil)
    #expect(SHA256Hash(base64: "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=") == nil)
    #expect(SHA256Hash(base64: "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuA==") == nil)
  }
}
