/// What a party is called: 1 to 64 ASCII letters, digits and `.-_@+`.
///
/// Capitals count: `Alice` and `alice` are two names.
package struct PartyName: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// How many characters a name has at most.
  package static let longest = 64

  /// The name itself.
  package let description: String

  /// Takes a name as it was typed.
  ///
  /// - Throws: `PartyError` that says which character is wrong or how long the name is.
  package init(_ text: String) throws {
    if text.isEmpty { throw PartyError.emptyName }
    for (index, character) in text.enumerated() where !Self.isAllowed(character) {
      throw PartyError.wrongCharacter(text, character, position: index + 1)
    }
    guard text.utf8.count <= Self.longest else {
      throw PartyError.nameTooLong(text, text.utf8.count)
    }
    description = text
  }

  /// Orders names by their ASCII codes.
  package static func < (one: PartyName, other: PartyName) -> Bool {
    one.description.utf8.lexicographicallyPrecedes(other.description.utf8)
  }

  private static func isAllowed(_ character: Character) -> Bool {
    guard character.utf8.count == 1, let code = character.utf8.first else { return false }
    return switch code {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: ".-_@+".utf8.contains(code)
    }
  }
}
