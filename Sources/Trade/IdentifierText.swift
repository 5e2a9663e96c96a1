/// The characters of an identifier that was typed, in capitals and without separators.
struct IdentifierText {
  let standard: IdentifierStandard
  /// As it was typed.
  let typed: String
  /// ASCII codes of capitals and digits, of a length and classes the standard has.
  let codes: [UInt8]

  /// Takes small letters and capitals, and separators between groups.
  ///
  /// - Throws: `IdentifierError` for a wrong length, a separator elsewhere or a character that may
  ///   not stand where it does.
  init(_ typed: String, _ standard: IdentifierStandard) throws {
    var kept: [(character: Character, position: Int)] = []
    var separated = 0
    for (index, character) in typed.enumerated() {
      guard standard.separators.contains(character) else {
        kept.append((character, index + 1))
        continue
      }
      guard Self.isBorder(kept.count, of: standard), separated != kept.count else {
        throw IdentifierError.misplacedSeparator(
          standard, typed, character, position: index + 1)
      }
      separated = kept.count
    }
    guard standard.lengths.contains(kept.count) else {
      throw IdentifierError.wrongLength(standard, typed, kept.count)
    }
    codes = try kept.enumerated().map { index, typedCharacter in
      let expected = standard.characterClass(at: index)
      guard let code = expected.code(of: typedCharacter.character) else {
        throw IdentifierError.wrongCharacter(
          standard, typed, typedCharacter.character, position: typedCharacter.position,
          expected: expected.name)
      }
      return code
    }
    self.standard = standard
    self.typed = typed
  }

  /// The canonical text.
  var text: String { String(decoding: codes, as: UTF8.self) }

  /// Compares the last character with what is computed from those before it.
  ///
  /// - Throws: `IdentifierError.wrongCheck`.
  func check(_ compute: (ArraySlice<UInt8>) -> UInt8) throws {
    let expected = compute(codes.dropLast())
    guard let found = codes.last, found != expected else { return }
    throw IdentifierError.wrongCheck(
      standard, typed, found: Character(UnicodeScalar(found)),
      expected: Character(UnicodeScalar(expected)))
  }

  private static func isBorder(_ count: Int, of standard: IdentifierStandard) -> Bool {
    var border = 0
    for length in standard.groups.dropLast() {
      border += length
      if border == count { return true }
    }
    return false
  }
}
