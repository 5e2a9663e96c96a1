/// The Global Release Identifier: `A1`, five for the issuer, ten for the release, one to check.
///
/// The check character is that of ISO 7064 Mod 37,36.
package struct GRid: Sendable, Hashable, CustomStringConvertible {
  /// Eighteen capitals and digits.
  package let description: String

  /// Takes eighteen letters and digits; hyphens may stand between groups.
  ///
  /// - Throws: `IdentifierError`.
  package init(_ text: String) throws {
    let characters = try IdentifierText(text, .grid)
    try characters.check(CheckCharacter.mod37And36)
    description = characters.text
  }

  /// With hyphens, `A1-2425G-ABC1234002-M`.
  package var printed: String { IdentifierStandard.grid.printed(description) }
}
