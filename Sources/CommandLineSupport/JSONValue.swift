import Glibc

/// A JSON value that is written compactly, with the members of objects in the order given.
///
///     try StandardOutput().writeLine(["type": "match", "key": "studio", "z": .fixed(12.25, 1)])
package indirect enum JSONValue: Sendable {
  case null
  case bool(Bool)
  case integer(Int64)
  case unsigned(UInt64)
  /// The shortest decimal text that reads back as the same number.
  case number(Double)
  /// A number with the given count of digits after the point, 0...17.
  case fixed(Double, Int)
  case string(String)
  case array([JSONValue])
  case object([(name: String, value: JSONValue)])

  /// The text, without line ends.
  ///
  /// Numbers that are not finite become null.
  package var compact: String {
    var text = ""
    append(to: &text)
    return text
  }

  private func append(to text: inout String) {
    switch self {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .integer(let value): text += String(value)
    case .unsigned(let value): text += String(value)
    case .number(let value):
      let digits = value.isFinite ? value.description : "null"
      text += digits.hasSuffix(".0") ? String(digits.dropLast(2)) : digits
    case .fixed(let value, let digits): text += decimal(value, digits: digits) ?? "null"
    case .string(let value): Self.append(value, to: &text)
    case .array(let values):
      text += "["
      for (index, value) in values.enumerated() {
        if index > 0 { text += "," }
        value.append(to: &text)
      }
      text += "]"
    case .object(let members):
      text += "{"
      for (index, member) in members.enumerated() {
        if index > 0 { text += "," }
        Self.append(member.name, to: &text)
        text += ":"
        member.value.append(to: &text)
      }
      text += "}"
    }
  }

  /// Writes a string literal; only what RFC 8259 demands is escaped.
  private static func append(_ value: String, to text: inout String) {
    text += "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\u{0}"..<"\u{20}":
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}

/// A number in decimal notation with the given count of digits after the point, 0...17, rounded
/// half to even; nil when it is not finite.
package func decimal(_ value: Double, digits: Int) -> String? {
  precondition((0...17).contains(digits))
  guard value.isFinite else { return nil }
  // 309 digits before the point at most, sign, point, 17 after it, end.
  var buffer = [CChar](repeating: 0, count: 340)
  let count = withVaList([CInt(digits), value]) { arguments in
    vsnprintf(&buffer, buffer.count, "%.*f", arguments)
  }
  return String(decoding: buffer.prefix(Int(count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral, ExpressibleByNilLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  package init(stringLiteral value: String) { self = .string(value) }
  package init(integerLiteral value: Int64) { self = .integer(value) }
  package init(floatLiteral value: Double) { self = .number(value) }
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  package init(nilLiteral: ()) { self = .null }
  package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  package init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(elements.map { (name: $0.0, value: $0.1) })
  }
}
