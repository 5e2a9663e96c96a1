import CommandLineSupport

/// The 64 bits of a short message, for small or difficult pictures.
///
/// That of a delivery has, most significant first, 16 bits of the content server's number, 32 of the
/// delivery's serial and 16 of the outlet's number.
package struct ShortMessage: Sendable, Hashable, CustomStringConvertible {
  /// The bits, the first one the most significant.
  package let bits: UInt64

  package init(bits: UInt64) { self.bits = bits }

  /// What of a delivery's identity fits: the ledger knows the rest by the serial.
  package init(_ identity: DeliveryIdentity) {
    bits =
      UInt64(identity.contentServer) << 48 | UInt64(identity.serial) << 16
      | UInt64(identity.outlet)
  }

  /// Parses 16 hexadecimal digits of either case.
  ///
  /// - Throws: `MessageError` that says which digit is wrong or how many there are.
  package init(hexadecimal text: String) throws {
    for (index, character) in text.enumerated() {
      let isDigit =
        character.utf8.count == 1
        && character.utf8.allSatisfy { Hexadecimal.value(of: $0) != nil }
      guard isDigit else {
        throw MessageError.notHexadecimal(text, character, position: index + 1)
      }
    }
    guard text.utf8.count == 16, let bytes = Hexadecimal.bytes(text) else {
      throw MessageError.wrongShortLength(text, text.utf8.count)
    }
    bits = bytes.reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// The number of the content server of a delivery.
  package var contentServer: Int { Int(bits >> 48) }
  /// The serial number of a delivery.
  package var serial: Int { Int(bits >> 16 & 0xFFFF_FFFF) }
  /// The number of the outlet of a delivery; 0 when delivered straight.
  package var outlet: Int { Int(bits & 0xFFFF) }

  /// 16 lower-case hexadecimal digits.
  package var description: String {
    Hexadecimal.text(
      stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: bits >> UInt64($0)) })
  }
}
