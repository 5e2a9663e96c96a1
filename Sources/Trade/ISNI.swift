/// The identifier of a person or group after ISO 27729: fifteen digits and one to check.
///
/// The check character is that of ISO 7064 Mod 11-2: a digit, or X for ten.
package struct ISNI: Sendable, Hashable, CustomStringConvertible {
  /// Sixteen digits, the last of which may be X.
  package let description: String

  /// Takes sixteen digits; blanks or hyphens may stand between groups of four.
  ///
  /// - Throws: `IdentifierError`.
  package init(_ text: String) throws {
    let characters = try IdentifierText(text, .isni)
    try characters.check(CheckCharacter.mod11And2)
    description = characters.text
  }

  /// In groups of four, `0000 0001 2103 2683`.
  package var printed: String { IdentifierStandard.isni.printed(description) }
}
