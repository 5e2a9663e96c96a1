import CommandLineSupport

/// Why a text names no party.
package enum PartyError: ExplainedError, Equatable {
  /// The name has no characters.
  case emptyName
  /// A character may not stand in a name; positions count from 1.
  case wrongCharacter(String, Character, position: Int)
  /// The name has more than 64 characters.
  case nameTooLong(String, Int)
  /// The word is none of the kinds.
  case unknownKind(String)
  /// There is no colon between kind and name.
  case noKind(String)

  /// What went wrong, for the terminal.
  package var description: String {
    switch self {
    case .emptyName: "the name of a party is empty"
    case .wrongCharacter(let name, let character, let position):
      "name \(quoted(name)): character \(position), \(quoted(String(character))), "
        + "may not stand in a name"
    case .nameTooLong(let name, let count):
      "name \(quoted(name)) has \(count) characters, more than \(PartyName.longest)"
    case .unknownKind(let word): "kind of party \(quoted(word)) is unknown"
    case .noKind(let text): "party \(quoted(text)) has no kind"
    }
  }

  /// What to do about it, if that can be told.
  package var hint: String? {
    switch self {
    case .emptyName, .wrongCharacter, .nameTooLong:
      "a name is 1 to \(PartyName.longest) ASCII letters, digits and the characters .-_@+"
    case .unknownKind:
      "the kinds are " + PartyKind.allCases.map(\.rawValue).joined(separator: ", ")
    case .noKind: "write kind and name, such as user:alice or shop:shibuya-3"
    }
  }
}
