import CommandLineSupport

/// Takes the members of an object one by one, by name, and finds those that nobody took.
package struct FieldReader {
  private let node: CanonicalNode
  /// A bit for each member that was taken, in their order; those past 64 are not counted.
  private var taken: UInt64 = 0

  /// - Throws: `FieldFault` when the node is no object.
  package init(_ node: CanonicalNode, called name: String) throws {
    guard node.isObject else { throw FieldFault.notOfType(name, "an object") }
    self.node = node
  }

  /// A member that may be missing.
  package mutating func optional(_ name: StaticString) -> CanonicalNode? {
    guard let (position, member) = node.member(name) else { return nil }
    taken |= 1 << UInt64(position)
    return member
  }

  /// A member that must be there.
  package mutating func required(_ name: StaticString) throws -> CanonicalNode {
    guard let member = optional(name) else { throw FieldFault.missing("\(name)") }
    return member
  }

  /// A text that must be there.
  package mutating func string(_ name: StaticString) throws -> String {
    try Self.string(required(name), name)
  }

  /// A text that may be missing.
  package mutating func optionalString(_ name: StaticString) throws -> String? {
    try optional(name).map { try Self.string($0, name) }
  }

  /// A number in a range, which must be there.
  package mutating func integer(
    _ name: StaticString, in range: ClosedRange<Int64> = 0...CanonicalValue.largestInteger
  ) throws -> Int64 {
    try Self.integer(required(name), name, range)
  }

  /// A number in a range, which may be missing.
  package mutating func optionalInteger(
    _ name: StaticString, in range: ClosedRange<Int64> = 0...CanonicalValue.largestInteger
  ) throws -> Int64? {
    try optional(name).map { try Self.integer($0, name, range) }
  }

  /// A list of objects or texts, each made into a value.
  package mutating func list<Element>(
    _ name: StaticString, _ make: (CanonicalNode, String) throws -> Element
  ) throws -> [Element] {
    guard let elements = try required(name).elements else {
      throw FieldFault.notOfType("\(name)", "a list")
    }
    return try elements.enumerated().map { try make($1, "\(name)[\($0)]") }
  }

  /// A text made into a value, which must be there, in the one form that the value is written in.
  package mutating func value<Value: CustomStringConvertible>(
    _ name: StaticString, _ make: (String) throws -> Value
  ) throws -> Value {
    let text = try string(name)
    let value: Value
    do { value = try make(text) } catch let error as any ExplainedError {
      throw FieldFault.bad("\(name)", error.description)
    }
    // As bytes: texts of Swift are equal when people cannot tell them apart.
    guard value.description.utf8.elementsEqual(text.utf8) else {
      throw FieldFault.bad("\(name)", "\(quoted(text)) is written \(quoted(value.description))")
    }
    return value
  }

  /// A text made into a value, which may be missing.
  package mutating func optionalValue<Value: CustomStringConvertible>(
    _ name: StaticString, _ make: (String) throws -> Value
  ) throws -> Value? {
    node[name] == nil ? nil : try value(name, make)
  }

  /// One of the raw values of an enumeration.
  package mutating func word<Word: RawRepresentable & CaseIterable>(
    _ name: StaticString, as type: Word.Type = Word.self
  ) throws -> Word where Word.RawValue == String {
    let text = try string(name)
    guard let word = Word(rawValue: text) else {
      let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
      throw FieldFault.bad("\(name)", "\(quoted(text)) is none of \(words)")
    }
    return word
  }

  /// Whether a member is there; it is not taken.
  package func optionalIsPresent(_ name: StaticString) -> Bool { node[name] != nil }

  /// Makes sure that every member was taken.
  ///
  /// - Throws: `FieldFault.unknown`.
  package func finish() throws {
    if taken.nonzeroBitCount == node.count { return }
    for (position, name) in node.names.enumerated() where taken >> UInt64(position) & 1 == 0 {
      throw FieldFault.unknown(name)
    }
  }

  private static func string(_ node: CanonicalNode, _ name: StaticString) throws -> String {
    guard let text = node.string else { throw FieldFault.notOfType("\(name)", "a text") }
    return text
  }

  private static func integer(
    _ node: CanonicalNode, _ name: StaticString, _ range: ClosedRange<Int64>
  ) throws -> Int64 {
    guard let number = node.integer else { throw FieldFault.notOfType("\(name)", "a number") }
    guard range ~= number else { throw FieldFault.outside("\(name)", number, range) }
    return number
  }
}

/// Why the members of an object are not what they should be.
package enum FieldFault: ExplainedError, Equatable {
  case missing(String)
  case unknown(String)
  case notOfType(String, String)
  case outside(String, Int64, ClosedRange<Int64>)
  case bad(String, String)

  package var description: String {
    switch self {
    case .missing(let name): "the member \(quoted(name)) is missing"
    case .unknown(let name): "the member \(quoted(name)) is not known"
    case .notOfType(let name, let type): "\(quoted(name)) is not \(type)"
    case .outside(let name, let number, let range):
      "\(quoted(name)) is \(number), outside \(range.lowerBound)...\(range.upperBound)"
    case .bad(let name, let text): "\(quoted(name)): \(text)"
    }
  }
}
