/// A value in a text that a `CanonicalText` has read; valid until that reads another text.
package struct CanonicalNode {
  let text: CanonicalText
  let index: Int

  private var token: CanonicalText.Token { text.tokens[index] }

  /// The bytes of the value as they stand, a string's without its quotation marks.
  package var bytes: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: text.bytes[Int(token.start)..<Int(token.end)])
  }

  /// Where `bytes` start in the text.
  package var offset: Int { Int(token.start) }

  /// The number, or nil when it is no number.
  package var integer: Int64? { token.kind == .integer ? token.value : nil }

  /// The text, or nil when it is none.
  package var string: String? {
    guard token.kind == .string else { return nil }
    guard token.hasEscapes else { return String(decoding: bytes, as: UTF8.self) }
    var units: [UInt8] = []
    var isEscaped = false
    for unit in bytes {
      if unit == UInt8(ascii: "\\"), !isEscaped {
        isEscaped = true
      } else {
        units.append(unit)
        isEscaped = false
      }
    }
    return String(decoding: units, as: UTF8.self)
  }

  /// Whether it is a text of exactly these bytes, none of which needs an escape.
  package func isString(_ expected: StaticString) -> Bool {
    token.kind == .string && bytes.equals(expected)
  }

  /// Whether it is a text.
  package var isText: Bool { token.kind == .string }

  /// Whether it is an object.
  package var isObject: Bool { token.kind == .object }

  /// The number of members of an object or elements of an array.
  package var count: Int { Int(token.value) }

  /// The elements of an array, or nil when it is none.
  package var elements: [CanonicalNode]? {
    guard token.kind == .array else { return nil }
    var elements: [CanonicalNode] = []
    var next = index + 1
    for _ in 0..<count {
      elements.append(CanonicalNode(text: text, index: next))
      next = Int(text.tokens[next].next)
    }
    return elements
  }

  /// The value of a member, or nil when it is no object or has no such member.
  package subscript(name: StaticString) -> CanonicalNode? { member(name)?.value }

  /// The position among the members, from 0, and the value of one of them.
  func member(_ name: StaticString) -> (position: Int, value: CanonicalNode)? {
    guard token.kind == .object else { return nil }
    var next = index + 1
    for position in 0..<count {
      if CanonicalNode(text: text, index: next).bytes.equals(name) {
        return (position, CanonicalNode(text: text, index: next + 1))
      }
      next = Int(text.tokens[next + 1].next)
    }
    return nil
  }

  /// The values of an object's members.
  package var memberValues: [CanonicalNode] {
    guard token.kind == .object else { return [] }
    var values: [CanonicalNode] = []
    var next = index + 1
    for _ in 0..<count {
      values.append(CanonicalNode(text: text, index: next + 1))
      next = Int(text.tokens[next + 1].next)
    }
    return values
  }

  /// The names of an object's members.
  package var names: [String] {
    guard token.kind == .object else { return [] }
    var names: [String] = []
    var next = index + 1
    for _ in 0..<count {
      names.append(CanonicalNode(text: text, index: next).string ?? "")
      next = Int(text.tokens[next + 1].next)
    }
    return names
  }
}

extension UnsafeRawBufferPointer {
  /// Whether the bytes are those of a literal.
  @inline(__always) fileprivate func equals(_ literal: StaticString) -> Bool {
    guard count == literal.utf8CodeUnitCount else { return false }
    for offset in 0..<count where self[offset] != literal.utf8Start[offset] { return false }
    return true
  }
}
