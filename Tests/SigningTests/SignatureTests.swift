import MarkKeys
import Signing
import Testing
import _TestSupport

/// Signatures and their keys.
@Suite struct SignatureTests {
  /// RFC 8032, section 7.1, tests 1 to 3: seed, public key, message, signature.
  static let examples = [
    (
      "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
      "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    ),
    (
      "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
      "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    ),
    (
      "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
      "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
      "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
    ),
  ]

  private func key(seed: String) throws -> SigningKey {
    SigningKey(name: "a", seed: Secret(try #require(Hexadecimal.bytes(seed))))
  }

  @Test(arguments: examples)
  func theExamplesOfTheRFC(_ example: (String, String, String, String)) throws {
    let (seed, publicKey, message, expected) = example
    let key = try key(seed: seed)
    #expect(Hexadecimal.text(key.publicKey.bytes) == publicKey)
    try #require(Hexadecimal.bytes(message)).withUnsafeBytes { message in
      let signature = key.signature(of: message)
      #expect(Hexadecimal.text(signature.bytes) == expected)
      #expect(key.publicKey.verifies(signature, of: message))
    }
  }

  @Test func everyFlippedBitIsNoticed() throws {
    let key = try key(seed: Self.examples[1].0)
    let message = Array("grant 1".utf8)
    let signature = message.withUnsafeBytes { key.signature(of: $0) }
    for bit in 0..<8 * message.count {
      var other = message
      other[bit / 8] ^= 1 << (bit % 8)
      #expect(!other.withUnsafeBytes { key.publicKey.verifies(signature, of: $0) })
    }
    for bit in 0..<8 * Signature.byteCount {
      var bytes = signature.bytes
      bytes[bit / 8] ^= 1 << (bit % 8)
      let other = try #require(Signature(bytes: bytes))
      #expect(!message.withUnsafeBytes { key.publicKey.verifies(other, of: $0) }, "bit \(bit)")
    }
    for bit in 0..<8 * PublicKey.byteCount {
      var bytes = key.publicKey.bytes
      bytes[bit / 8] ^= 1 << (bit % 8)
      let other = try #require(PublicKey(bytes: bytes))
      #expect(!message.withUnsafeBytes { other.verifies(signature, of: $0) }, "bit \(bit)")
    }
  }

  @Test func anotherKeyAndAnotherLengthDoNotVerify() throws {
    let (one, two) = (try key(seed: Self.examples[0].0), try key(seed: Self.examples[2].0))
    try Array("ab".utf8).withUnsafeBytes { message in
      let signature = one.signature(of: message)
      #expect(!two.publicKey.verifies(signature, of: message))
      let shorter = UnsafeRawBufferPointer(rebasing: message.dropLast())
      #expect(!one.publicKey.verifies(signature, of: shorter))
      let empty = UnsafeRawBufferPointer(start: nil, count: 0)
      #expect(!one.publicKey.verifies(signature, of: empty))
      let zero = try #require(Signature(bytes: [UInt8](repeating: 0, count: 64)))
      #expect(!one.publicKey.verifies(zero, of: message))
    }
  }

  /// The neutral point would verify signatures that no secret key has made.
  @Test func aKeyOfSmallOrderVerifiesNothing() throws {
    let neutral = try #require(PublicKey(bytes: [1] + [UInt8](repeating: 0, count: 31)))
    let made = try #require(Signature(bytes: [1] + [UInt8](repeating: 0, count: 63)))
    #expect(!Array("x".utf8).withUnsafeBytes { neutral.verifies(made, of: $0) })
  }

  @Test func theTextOfASignatureComesBack() throws {
    let signature = try [UInt8]().withUnsafeBytes { message in
      try key(seed: Self.examples[0].0).signature(of: message)
    }
    let text = Array(signature.base64.utf8)
    #expect(text.count == Signature.characterCount)
    #expect(text.withUnsafeBytes { Signature(base64: $0) } == signature)
    let cut: [UInt8] = text.dropLast()
    let others: [[UInt8]] = [cut, text + [61], text.dropLast(3) + Array("x==".utf8)]
    for bad in others {
      #expect(bad.withUnsafeBytes { Signature(base64: $0) } == nil)
    }
    // 88 characters, but of 65 or 66 bytes.
    for count in 65...66 {
      let longer = Array(Base64.text([UInt8](repeating: 0, count: count)).utf8)
      #expect(longer.count == Signature.characterCount)
      #expect(longer.withUnsafeBytes { Signature(base64: $0) } == nil)
    }
  }

  @Test func theTextOfAPublicKeyComesBack() throws {
    let text = "AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"
    let key = try PublicKey(text: text)
    #expect(key.text == text)
    #expect(PublicKey(bytes: key.bytes) == key)
    #expect(PublicKey(bytes: key.bytes.dropLast()) == nil)
  }

  @Test(arguments: [
    "", "AQ", "AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG",
    "AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4 ",
    "AQOhB7_zzhC-HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4",
    "AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4AAAA",
  ])
  func otherTextsAreNoPublicKey(_ text: String) {
    #expect(throws: PublicKeyError.notAKey(text)) { try PublicKey(text: text) }
  }

  @Test func anotherTypeOfKeyIsNamed() {
    let text = "BCmsuuFBvMrwsi4alNNNC8c2HlJtC/4SyJeUvJMilm3X"
    let error = #expect(throws: PublicKeyError.self) { try PublicKey(text: text) }
    #expect(error == .unknownType(text, 4))
    #expect(error?.description.contains("is of type 4, only type 1 (Ed25519)") == true)
  }
}
