import CommandLineSupport
import MarkKeys
import Testing
import _TestSupport

extension Vector {
  fileprivate func bytes(_ name: String) throws -> [UInt8] {
    try #require(Hexadecimal.bytes(text(name)))
  }
}

/// The vectors hold for this implementation as for any other.
@Suite struct VectorTests {
  static let names = Vector.names(in: "keys").filter { !$0.hasPrefix("signing-") }

  @Test func thereAreVectors() { #expect(Self.names.count > 80) }

  @Test(arguments: names)
  func vector(_ name: String) throws {
    let vector = try Vector("keys", name)
    switch try vector.text("kind") {
    case "hkdf": try checkDerivation(vector)
    case "sub-key": try checkSubKey(vector)
    case "key-file": try checkKeyFile(vector)
    case "message": try checkMessage(vector)
    case "identity": try checkIdentity(vector)
    case let kind: try checkStream(vector, kind)
    }
  }

  private func checkDerivation(_ vector: Vector) throws {
    let (salt, info) = (try vector.bytes("salt"), try vector.bytes("info"))
    let count = try vector.number("count")
    let result = try vector.bytes("material").withUnsafeBytes { material in
      KeyDerivation.hkdf(material: material, salt: salt, info: info, count: count)
    }
    #expect(Hexadecimal.text(result) == (try vector.text("result")))
  }

  private func checkSubKey(_ vector: Vector) throws {
    let key = MarkKey(name: "vector", secret: Secret(try vector.bytes("secret")))
    let purpose: MarkKey.Purpose =
      switch try vector.text("purpose") {
      case "chips": .chips
      case "slots": .slots
      case "code": .code
      case "fingerprint": .fingerprint
      case "image-tile": .imageTile
      case "image-code": .imageCode
      default: .title(try vector.text("title"))
      }
    #expect(key.subKey(purpose).withBytes { Hexadecimal.text($0) } == (try vector.text("result")))
  }

  private func checkStream(_ vector: Vector, _ kind: String) throws {
    var stream = PRFStream(
      key: Secret(try vector.bytes("key")), domain: UInt32(try vector.number("domain")),
      index: try #require(UInt64(try vector.text("index"))))
    let count = try vector.number("count")
    switch kind {
    case "prf-bytes":
      let text = Hexadecimal.text(stream.bytes(count))
      if let tail = vector.fields["tail"] { #expect(text.hasSuffix(tail)) }
      if let result = vector.fields["result"] { #expect(text == result) }
    case "prf-uint32":
      let numbers = (0..<count).map { _ in "\(stream.nextUInt32())" }
      #expect(numbers.joined(separator: " ") == (try vector.text("result")))
    case "prf-below":
      let bound = try vector.number("bound")
      let numbers = (0..<count).map { _ in "\(stream.next(below: bound))" }
      #expect(numbers.joined(separator: " ") == (try vector.text("result")))
    case "prf-permutation":
      let numbers = stream.permutation(count).map { "\($0)" }
      #expect(numbers.joined(separator: " ") == (try vector.text("result")))
    default: Issue.record("unknown kind \(kind)")
    }
  }

  private func checkKeyFile(_ vector: Vector) throws {
    let outcome = Result { () throws(KeyFault) in try KeyText(parsing: vector.body, as: .mark) }
    switch outcome {
    case .success(let key):
      #expect(try vector.text("expect") == "success")
      #expect(key.secret.withBytes { Hexadecimal.text($0) } == (try vector.text("secret")))
      #expect(key.name == vector.fields["name"])
      #expect(key.created == vector.fields["created"])
    case .failure(let fault): #expect(fault.word == (try vector.text("expect")))
    }
  }

  private func checkMessage(_ vector: Vector) throws {
    let text = try vector.text("text")
    do {
      let message = try Message(hexadecimal: text)
      #expect(try vector.text("expect") == "success")
      #expect(message.description == vector.fields["canonical"] ?? text)
      guard vector.fields["serial"] != nil else { return }
      let identity = try identity(vector)
      #expect(identity.message == message)
      #expect(DeliveryIdentity(message) == identity)
    } catch let error as MessageError {
      #expect(word(error) == (try vector.text("expect")))
    }
  }

  private func checkIdentity(_ vector: Vector) throws {
    do {
      _ = try identity(vector)
      #expect(try vector.text("expect") == "success")
    } catch let error as MessageError {
      #expect(word(error) == (try vector.text("expect")))
    }
  }

  private func identity(_ vector: Vector) throws -> DeliveryIdentity {
    try DeliveryIdentity(
      contentServer: vector.number("content-server"),
      deliveryServer: vector.number("delivery-server"), outlet: vector.number("outlet"),
      user: vector.number("user"), serial: vector.number("serial"))
  }

  private func word(_ error: MessageError) -> String {
    switch error {
    case .notHexadecimal: "not-hexadecimal"
    case .wrongLength, .wrongShortLength: "wrong-length"
    case .outOfRange: "out-of-range"
    }
  }
}
