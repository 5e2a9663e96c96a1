/// A value of canonical JSON: what the ledger's lines consist of (RFC 8785 without fractions,
/// booleans and null).
package indirect enum CanonicalValue: Sendable, Equatable {
  /// A whole number from -(2^53 - 1) to 2^53 - 1.
  case integer(Int64)
  /// Text without control characters.
  case string(String)
  case array([CanonicalValue])
  /// Members in the order of their names.
  case object([Member])

  /// A name and its value.
  package struct Member: Sendable, Equatable {
    /// The name: `a` to `z`, digits and `-`, a letter first.
    package let name: String
    /// The value.
    package let value: CanonicalValue

    package init(name: String, value: CanonicalValue) {
      self.name = name
      self.value = value
    }
  }

  /// The largest magnitude of a number, 2^53 - 1: what every JSON reader holds exactly.
  package static let largestInteger: Int64 = (1 << 53) - 1

  /// An object of the members that have a value, in any order.
  package static func object(_ members: KeyValuePairs<String, CanonicalValue?>) -> CanonicalValue {
    var kept: [Member] = []
    kept.reserveCapacity(members.count)
    for (name, value) in members {
      if let value { kept.append(Member(name: name, value: value)) }
    }
    kept.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    return .object(kept)
  }

  /// A string, or nil for nil.
  package static func text(_ text: String?) -> CanonicalValue? { text.map { .string($0) } }

  /// A number, or nil for nil.
  package static func number(_ number: Int?) -> CanonicalValue? {
    number.map { .integer(Int64($0)) }
  }

  /// The canonical bytes.
  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    append(to: &bytes)
    return bytes
  }

  /// Appends the canonical bytes.
  package func append(to bytes: inout [UInt8]) {
    switch self {
    case .integer(let value): bytes.append(contentsOf: String(value).utf8)
    case .string(let text): Self.append(text, to: &bytes)
    case .array(let values):
      bytes.append(UInt8(ascii: "["))
      for (position, value) in values.enumerated() {
        if position > 0 { bytes.append(UInt8(ascii: ",")) }
        value.append(to: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let members):
      bytes.append(UInt8(ascii: "{"))
      for (position, member) in members.enumerated() {
        if position > 0 { bytes.append(UInt8(ascii: ",")) }
        Self.append(member.name, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        member.value.append(to: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  private static func append(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for unit in text.utf8 {
      if unit == UInt8(ascii: "\"") || unit == UInt8(ascii: "\\") {
        bytes.append(UInt8(ascii: "\\"))
      }
      bytes.append(unit)
    }
    bytes.append(UInt8(ascii: "\""))
  }
}

extension CanonicalValue {
  /// A copy of a value that was read, which lives longer than its text.
  package init(_ node: CanonicalNode) {
    if let number = node.integer {
      self = .integer(number)
    } else if let text = node.string {
      self = .string(text)
    } else if let elements = node.elements {
      self = .array(elements.map(CanonicalValue.init))
    } else {
      let names = node.names
      self = .object(zip(names, node.memberValues).map { Member(name: $0, value: .init($1)) })
    }
  }
}
