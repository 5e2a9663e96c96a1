import Signing
import Testing
import _TestSupport

/// Base64 as RFC 4648 has it, and nothing else.
@Suite struct Base64Tests {
  /// RFC 4648, section 10.
  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
    ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
  ])
  func theExamplesOfTheRFC(_ plain: String, _ text: String) {
    #expect(Base64.text(Array(plain.utf8)) == text)
    #expect(Base64.bytes(text) == Array(plain.utf8))
  }

  @Test func everyDigitHasItsPlace() {
    let text = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    let bytes = Base64.bytes(text)
    #expect(bytes?.count == 48)
    #expect(bytes.map { Base64.text($0) } == text)
  }

  @Test(arguments: [
    "Zg", "Zg=", "Zg===", "Zm8", "Zm9v=", "Z", "=", "====", "Zh==", "Zm9=", "Zg==Zg==", "Zg= =",
    " Zg==", "Zg== ", "Zg==\n", "Z g==", "Zm\n9v", "Zm9v\r\n", "Zm9-", "Zm9_", "Zm9.", "Zm9\u{0}",
    "Zm9é", "Z=g=", "ＡＡＡＡ",
  ])
  func whatIsNotWrittenIsNotRead(_ text: String) {
    #expect(Base64.bytes(text) == nil)
  }

  @Test func noOtherByteIsADigit() {
    let digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    let end = Array((String(repeating: "A", count: 82) + "==").utf8)
    let accepted = (UInt8.min...UInt8.max).filter { byte in
      (Array(repeating: byte, count: 4) + end).withUnsafeBytes { Signature(base64: $0) } != nil
    }
    #expect(accepted == digits.utf8.sorted())
  }

  @Test func anyBytesComeBack() {
    var generator = SeededGenerator(seed: 64)
    for count in 0..<100 {
      let bytes = generator.bytes(count)
      #expect(Base64.bytes(Base64.text(bytes)) == bytes, "\(generator)")
    }
  }
}
