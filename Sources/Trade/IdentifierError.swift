import CommandLineSupport

/// Why a text is no identifier; positions count from 1 in the text as it was typed.
package enum IdentifierError: ExplainedError, Equatable {
  /// The number of characters without separators is wrong.
  case wrongLength(IdentifierStandard, String, Int)
  /// A character may not stand where it does.
  case wrongCharacter(IdentifierStandard, String, Character, position: Int, expected: String)
  /// A separator does not stand between two groups.
  case misplacedSeparator(IdentifierStandard, String, Character, position: Int)
  /// The last character is not the one that follows from the others.
  case wrongCheck(IdentifierStandard, String, found: Character, expected: Character)
  /// A number is no packed ISRC.
  case notPacked(UInt64)

  /// What went wrong, for the terminal.
  package var description: String {
    switch self {
    case .wrongLength(let standard, let text, let count):
      "not \(standard.withArticle): \(quoted(text)) has \(count) "
        + "\(count == 1 ? "character" : "characters") instead of "
        + standard.lengths.map { String($0) }.joined(separator: " or ")
    case .wrongCharacter(let standard, let text, let character, let position, let expected):
      "not \(standard.withArticle): character \(position) of \(quoted(text)), "
        + "\(quoted(String(character))), is not \(expected)"
    case .misplacedSeparator(let standard, let text, let character, let position):
      "not \(standard.withArticle): character \(position) of \(quoted(text)), "
        + "\(quoted(String(character))), does not stand between two groups"
    case .wrongCheck(let standard, let text, let found, let expected):
      "not \(standard.withArticle): the check character of \(quoted(text)) should be "
        + "'\(expected)', not '\(found)'"
    case .notPacked(let number): "number '\(number)' is not a packed ISRC"
    }
  }

  /// What to do about it, if that can be told.
  package var hint: String? {
    switch self {
    case .wrongLength(let standard, _, _), .wrongCharacter(let standard, _, _, _, _),
      .misplacedSeparator(let standard, _, _, _):
      "write it like \(standard.example)"
    case .wrongCheck: "a character is mistyped or two are swapped: compare with the source"
    case .notPacked: nil
    }
  }
}
