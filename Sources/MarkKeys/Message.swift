import CommandLineSupport

/// The 128 bits a mark carries.
package struct Message: Sendable, Hashable, CustomStringConvertible {
  /// The first 64 bits.
  package let high: UInt64
  /// The last 64 bits.
  package let low: UInt64

  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Takes 16 bytes, most significant first.
  package init(bytes: some Collection<UInt8>) {
    precondition(bytes.count == 16)
    high = bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    low = bytes.suffix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// Parses 32 hexadecimal digits of either case.
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
    guard text.utf8.count == 32, let bytes = Hexadecimal.bytes(text) else {
      throw MessageError.wrongLength(text, text.utf8.count)
    }
    self.init(bytes: bytes)
  }

  /// The 16 bytes, most significant first.
  package var bytes: [UInt8] {
    [high, low].flatMap { half in
      stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: half >> UInt64($0)) }
    }
  }

  /// The 128 bits, most significant first.
  package var bits: [Bool] {
    bytes.flatMap { byte in (0..<8).map { byte >> (7 - $0) & 1 == 1 } }
  }

  /// 32 lower-case hexadecimal digits.
  package var description: String { Hexadecimal.text(bytes) }
}

/// Why a text is no message, or a number does not fit its field.
package enum MessageError: ExplainedError, Equatable {
  /// A character is no hexadecimal digit; positions count from 1.
  case notHexadecimal(String, Character, position: Int)
  /// The number of digits is not 32.
  case wrongLength(String, Int)
  /// The number of digits of a short message is not 16.
  case wrongShortLength(String, Int)
  /// A number is negative or takes more bits than its field has.
  case outOfRange(field: String, value: Int, bits: Int)

  package var description: String {
    switch self {
    case .notHexadecimal(let text, let character, let position):
      "message \(quoted(text)): character \(position), \(quoted(String(character))), "
        + "is not a hexadecimal digit"
    case .wrongLength(let text, let count):
      "message \(quoted(text)) has \(count) hexadecimal digits instead of 32"
    case .wrongShortLength(let text, let count):
      "short message \(quoted(text)) has \(count) hexadecimal digits instead of 16"
    case .outOfRange(let field, let value, let bits):
      "\(field) \(value) is outside 0...\((1 << bits) - 1)"
    }
  }

  package var hint: String? {
    switch self {
    case .notHexadecimal, .wrongLength:
      "a message is 128 bits as 32 hexadecimal digits without prefix or blanks"
    case .wrongShortLength:
      "a short message is 64 bits as 16 hexadecimal digits without prefix or blanks"
    case .outOfRange: nil
    }
  }
}
