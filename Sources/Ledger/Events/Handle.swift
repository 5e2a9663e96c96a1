import CommandLineSupport

/// What authors call an entry, an order, a title or a bill: 1 to 128 letters, digits and
/// `. - _ @ + : / = , ~` of ASCII.
package struct Handle: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The most bytes a handle may have.
  package static let longest = 128

  /// The text.
  package let description: String

  /// - Throws: `HandleError`.
  package init(_ text: String) throws {
    guard (1...Self.longest).contains(text.utf8.count) else {
      throw HandleError.length(text, text.utf8.count)
    }
    for scalar in text.unicodeScalars where !Self.allows(scalar) {
      throw HandleError.character(text, scalar)
    }
    description = text
  }

  private static func allows(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9": true
    case ".", "-", "_", "@", "+", ":", "/", "=", ",", "~": true
    default: false
    }
  }

  package static func < (left: Handle, right: Handle) -> Bool {
    left.description.utf8.lexicographicallyPrecedes(right.description.utf8)
  }
}

/// Why a text is no handle.
package enum HandleError: ExplainedError, Equatable {
  case length(String, Int)
  case character(String, Unicode.Scalar)

  package var description: String {
    switch self {
    case .length(let text, let count):
      "\(quoted(text)) has \(count) bytes instead of 1 to \(Handle.longest)"
    case .character(let text, let scalar):
      "\(quoted(text)) has the character \(quoted(String(Character(scalar))))"
    }
  }

  package var hint: String? { "use letters, digits and . - _ @ + : / = , ~" }
}
