/// The code of a recording after ISO 3901, `CC XXX YY NNNNN`: country, registrant, year, number.
///
/// It has no check character: only the shape is checked.
package struct ISRC: Sendable, Hashable, CustomStringConvertible {
  /// Twelve capitals and digits.
  package let description: String

  /// Takes two letters, three letters or digits, seven digits; hyphens may stand between groups.
  ///
  /// - Throws: `IdentifierError`.
  package init(_ text: String) throws {
    description = try IdentifierText(text, .isrc).text
  }

  /// With hyphens, `JP-Z01-26-00042`.
  package var printed: String { IdentifierStandard.isrc.printed(description) }

  /// The code as a number below 36^5 * 10^7 < 2^50.
  ///
  /// With d1...d12 the values of its characters (0 to 9, A = 10 to Z = 35) it is
  /// (((d1 * 36 + d2) * 36 + d3) * 36 + d4) * 36 + d5, times 10^7, plus the seven digits d6...d12
  /// read as a decimal number.
  package var packed: UInt64 {
    description.utf8.enumerated().reduce(0) { number, character in
      number * Self.radix(at: character.offset)
        + UInt64(Alphanumeric.value(of: character.element))
    }
  }

  /// Takes back apart what `packed` gives.
  ///
  /// - Throws: `IdentifierError.notPacked` for a number that is too large or whose country has
  ///   digits in it.
  package init(packed: UInt64) throws {
    var rest = packed
    var codes: [UInt8] = []
    for index in (0..<12).reversed() {
      let (quotient, digit) = rest.quotientAndRemainder(dividingBy: Self.radix(at: index))
      codes.append(Alphanumeric.code(of: Int(digit)))
      rest = quotient
    }
    let isCountry = codes.suffix(2).allSatisfy { $0 >= UInt8(ascii: "A") }
    guard rest == 0, isCountry else { throw IdentifierError.notPacked(packed) }
    description = String(decoding: codes.reversed(), as: UTF8.self)
  }

  private static func radix(at index: Int) -> UInt64 { index < 5 ? 36 : 10 }
}
