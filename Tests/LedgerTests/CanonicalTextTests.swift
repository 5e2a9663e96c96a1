import Ledger
import Testing
import _TestSupport

/// Canonical JSON is read strictly and written in one way.
@Suite struct CanonicalTextTests {
  private func fault(_ text: String) -> CanonicalFault.Reason? {
    fault(Array(text.utf8))
  }

  private func fault(_ bytes: [UInt8]) -> CanonicalFault.Reason? {
    do {
      try bytes.withUnsafeBytes { _ = try CanonicalText().read($0) }
      return nil
    } catch { return (error as? CanonicalFault)?.reason }
  }

  @Test(arguments: [
    "{}", #"{"a":1}"#, #"{"a":-9007199254740991,"b":9007199254740991}"#, #"{"a":0}"#,
    #"{"a":[],"b":[1,"x",{}]}"#, #"{"a":"\"\\ é 漢 𝄞"}"#, #"{"a":"","a-1":"","a1":"","ab":""}"#,
    #"{"a":{"b":{"c":{"d":{"e":{"f":{"g":{}}}}}}}}"#,
  ])
  func goodTextIsRead(_ text: String) { #expect(fault(text) == nil) }

  @Test(
    arguments: [
      ("", .endsEarly), ("{", .endsEarly), (#"{"a""#, .endsEarly), (#"{"a":"x"#, .endsEarly),
      (#"{"a":1"#, .endsEarly), (#"{"a":"\"#, .endsEarly), ("[]", .unexpected), ("1", .unexpected),
      ("{} ", .textBehind), ("{}{}", .textBehind), ("{ }", .unexpected),
      (#"{"a": 1}"#, .unexpected),
      (#"{"a":1,}"#, .unexpected), (#"{"a":true}"#, .unexpected), (#"{"a":null}"#, .unexpected),
      (#"{"a":1.0}"#, .unexpected), (#"{"a":1e3}"#, .unexpected), (#"{"a":01}"#, .number),
      (#"{"a":-0}"#, .number), (#"{"a":-}"#, .number), (#"{"a":+1}"#, .unexpected),
      (#"{"a":9007199254740992}"#, .tooLarge), (#"{"a":-9007199254740992}"#, .tooLarge),
      (#"{"a":99999999999999999999}"#, .tooLarge), ("{\"a\":\"\t\"}", .control),
      ("{\"a\":\"\n\"}", .control), ("{\"a\":\"\u{7F}\"}", .control),
      ("{\"a\":\"\u{85}\"}", .control), (#"{"a":"\n"}"#, .escape), (#"{"a":"\u0041"}"#, .escape),
      (#"{"a":"\/"}"#, .escape), (#"{"b":1,"a":1}"#, .order), (#"{"a":1,"a":1}"#, .order),
      (#"{"ab":1,"a":1}"#, .order), (#"{"":1}"#, .name), (#"{"A":1}"#, .name), (#"{"1":1}"#, .name),
      (#"{"-a":1}"#, .name), (#"{"a_b":1}"#, .name), (#"{"é":1}"#, .name),
      (#"{"a":{"b":{"c":{"d":{"e":{"f":{"g":{"h":{}}}}}}}}}"#, .depth),
      (#"{"a":[[[[[[[[]]]]]]]]}"#, .depth),
    ] as [(String, CanonicalFault.Reason)])
  func badTextIsRefused(_ text: String, _ reason: CanonicalFault.Reason) {
    #expect(fault(text) == reason)
  }

  @Test(
    arguments: [
      [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80],
      [0xF0, 0x80, 0x80, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xC3, 0x28],
      [0xE2, 0x82, 0x28], [0xFF],
    ] as [[UInt8]])
  func wrongEncodingIsRefused(_ bytes: [UInt8]) {
    #expect(fault(Array(#"{"a":""#.utf8) + bytes + Array(#""}"#.utf8)) == .encoding)
  }

  /// What is written is read back as the same, and written again as the same bytes.
  @Test func valuesGoRound() throws {
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<2000 {
      let value = CanonicalValue.random(depth: 0, using: &generator)
      let bytes = value.bytes
      let again = try bytes.withUnsafeBytes { try CanonicalValue(CanonicalText().read($0)) }
      #expect(again == value && again.bytes == bytes, "\(generator)")
    }
  }

  /// No beginning of a text is taken for the whole, and all of them only end early.
  @Test func everyBeginningEndsEarly() {
    let bytes = Array(#"{"a":[1,-2,"x\"é"],"b":{"c":12}}"#.utf8)
    for count in 0..<bytes.count {
      #expect(fault(Array(bytes[..<count])) == .endsEarly, "\(count)")
    }
  }
}

extension CanonicalValue {
  fileprivate static func random(depth: Int, using generator: inout SeededGenerator) -> Self {
    let kind = depth == 0 ? 3 : Int.random(in: 0..<(depth > 5 ? 2 : 4), using: &generator)
    let count = Int.random(in: 0..<5, using: &generator)
    switch kind {
    case 0:
      return .integer(Int64.random(in: -largestInteger...largestInteger, using: &generator))
    case 1:
      let scalars: [Unicode.Scalar] = ["a", "\"", "\\", "é", "漢", "𝄞", " ", "/", "\u{2028}"]
      return .string(
        String(
          String.UnicodeScalarView(
            (0..<count).map { _ in scalars.randomElement(using: &generator) ?? "a" })))
    case 2:
      return .array((0..<count).map { _ in random(depth: depth + 1, using: &generator) })
    default:
      let names = Set((0..<count).map { _ in "n\(Int.random(in: 0..<50, using: &generator))" })
      return .object(
        names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map {
          Member(name: $0, value: random(depth: depth + 1, using: &generator))
        })
    }
  }
}
