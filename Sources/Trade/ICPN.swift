/// The code of a product: a UPC of 12 digits or an EAN of 13, with the check digit of GS1.
package struct ICPN: Sendable, Hashable, CustomStringConvertible {
  /// Twelve or thirteen digits.
  ///
  /// An EAN that starts with 0 is the UPC without it, and is kept as that: a product has one text.
  package let description: String

  /// Takes twelve or thirteen digits.
  ///
  /// - Throws: `IdentifierError`.
  package init(_ text: String) throws {
    let characters = try IdentifierText(text, .icpn)
    try characters.check(CheckCharacter.gs1)
    let digits = characters.text
    description = digits.count == 13 && digits.hasPrefix("0") ? String(digits.dropFirst()) : digits
  }
}
