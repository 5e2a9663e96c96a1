import FingerprintCode
import MarkKeys
import Signing
import Testing
import _TestSupport

extension Vector {
  fileprivate func bytes(_ name: String) throws -> [UInt8] {
    try #require(Hexadecimal.bytes(text(name)))
  }

  fileprivate func key() throws -> FingerprintKey {
    FingerprintKey(secret: Secret(try bytes("key")))
  }

  fileprivate func slots() throws -> Range<Int> {
    let first = try number("first")
    return first..<first + (try number("count"))
  }
}

/// The vectors come from another program, written from `docs/fingerprint-code.md`.
@Suite struct FingerprintVectorTests {
  static let names = Vector.names(in: "fingerprint")

  @Test func thereAreVectors() { #expect(Self.names.count > 40) }

  @Test(arguments: names)
  func vector(_ name: String) throws {
    let vector = try Vector("fingerprint", name)
    switch try vector.text("kind") {
    case "key": try checkKey(vector)
    case "ends": try checkEnds(vector)
    case "step":
      let number = try #require(UInt32(try vector.text("number")))
      #expect(Int(BiasDistribution.step(number)) == (try vector.number("step")))
    case "biases":
      let biases = FingerprintBiases(key: try vector.key(), slots: try vector.slots())
      #expect(Hexadecimal.text(biases.steps) == (try vector.text("steps")))
    case "codeword": try checkCodeword(vector)
    case "commitment": try checkCommitment(vector)
    case "open": try checkOpening(vector)
    case let kind: Issue.record("\(name) has the unknown kind \(kind)")
    }
  }

  private func checkKey(_ vector: Vector) throws {
    let mark = MarkKey(name: "vector", secret: Secret(try vector.bytes("secret")))
    let key = FingerprintKey(key: mark, title: try vector.text("title"))
    #expect(key.secret.withBytes { Hexadecimal.text($0) } == (try vector.text("key")))
    #expect(Hexadecimal.text(key.commitment.bytes) == (try vector.text("commitment")))
  }

  private func checkEnds(_ vector: Vector) throws {
    let bytes = BiasDistribution.ends.flatMap { withUnsafeBytes(of: $0.littleEndian, Array.init) }
    let hash = bytes.withUnsafeBytes { SHA256Hash.of($0) }
    #expect(Hexadecimal.text(hash.bytes) == (try vector.text("hash")))
  }

  private func checkCodeword(_ vector: Vector) throws {
    let key = try vector.key()
    let message = try Message(hexadecimal: vector.text("message"))
    let biases = FingerprintBiases(key: key, slots: try vector.slots())
    let codeword = FingerprintCodeword(key: key, message: message, biases: biases)
    #expect(Hexadecimal.text(codeword.packed) == (try vector.text("packed")))
  }

  private func checkCommitment(_ vector: Vector) throws {
    let key = try vector.key()
    let message = try Message(hexadecimal: vector.text("message"))
    let biases = FingerprintBiases(key: key, slots: 0..<(try vector.number("count")))
    let codeword = FingerprintCodeword(key: key, message: message, biases: biases)
    let commitment = CodewordCommitment(key: key, message: message, codeword: codeword)
    #expect(Hexadecimal.text(commitment.salt) == (try vector.text("salt")))
    #expect(Hexadecimal.text(commitment.hash.bytes) == (try vector.text("hash")))
  }

  private func checkOpening(_ vector: Vector) throws {
    let packed = try vector.bytes("packed")
    let count = try vector.number("count")
    let bits = (0..<count).map { packed[$0 / 8] >> UInt8($0 % 8) & 1 == 1 }
    let commitment = CodewordCommitment(
      salt: try vector.bytes("salt"), message: try Message(hexadecimal: vector.text("message")),
      codeword: FingerprintCodeword(slots: 0..<count, bits: bits))
    let equal = Hexadecimal.text(commitment.hash.bytes) == (try vector.text("hash"))
    #expect(equal == (try vector.text("expect") == "success"))
  }
}
