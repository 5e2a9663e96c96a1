/// The standard identifiers of recordings, releases, products and people.
package enum IdentifierStandard: String, Sendable, CaseIterable {
  /// A recording, ISO 3901.
  case isrc = "ISRC"
  /// A release, the Global Release Identifier.
  case grid = "GRid"
  /// A product with a bar code, UPC-12 or EAN-13.
  case icpn = "ICPN"
  /// A person or group, ISO 27729.
  case isni = "ISNI"

  /// The name with its article, `an ISRC`.
  var withArticle: String { (self == .grid ? "a " : "an ") + rawValue }

  /// How many characters it has without separators.
  var lengths: [Int] {
    switch self {
    case .isrc: [12]
    case .grid: [18]
    case .icpn: [12, 13]
    case .isni: [16]
    }
  }

  /// How long the groups are that separators may stand between.
  var groups: [Int] {
    switch self {
    case .isrc: [2, 3, 2, 5]
    case .grid: [2, 5, 10, 1]
    case .icpn: [13]
    case .isni: [4, 4, 4, 4]
    }
  }

  /// What may be typed between groups; the first is the one that is printed.
  var separators: [Character] {
    switch self {
    case .isrc, .grid: ["-"]
    case .icpn: []
    case .isni: [" ", "-"]
    }
  }

  /// What may stand at a position, counted from 0.
  func characterClass(at index: Int) -> CharacterClass {
    switch self {
    case .isrc: index < 2 ? .letter : index < 5 ? .alphanumeric : .digit
    case .grid: index == 0 ? .exactly("A") : index == 1 ? .exactly("1") : .alphanumeric
    case .icpn: .digit
    case .isni: index == 15 ? .digitOrX : .digit
    }
  }

  /// A text that shows how it is written.
  var example: String {
    switch self {
    case .isrc: "JP-Z01-26-00042"
    case .grid: "A1-2425G-ABC1234002-M"
    case .icpn: "4006381333931 or 036000291452"
    case .isni: "0000 0001 2103 2683"
    }
  }

  /// The canonical text with separators between its groups.
  func printed(_ text: String) -> String {
    guard let separator = separators.first else { return text }
    var rest = text[...]
    let parts = groups.map { length in
      let part = rest.prefix(length)
      rest = rest.dropFirst(length)
      return part
    }
    return parts.joined(separator: String(separator))
  }
}

/// A set of capitals and digits that may stand at some position of an identifier.
enum CharacterClass {
  case letter
  case digit
  case alphanumeric
  case digitOrX
  case exactly(Character)

  /// The code of the character in capitals, or nil when it may not stand here.
  func code(of character: Character) -> UInt8? {
    guard character.utf8.count == 1, var code = character.utf8.first else { return nil }
    if UInt8(ascii: "a")...UInt8(ascii: "z") ~= code { code -= 32 }
    let isDigit = UInt8(ascii: "0")...UInt8(ascii: "9") ~= code
    let isLetter = UInt8(ascii: "A")...UInt8(ascii: "Z") ~= code
    let isMember =
      switch self {
      case .letter: isLetter
      case .digit: isDigit
      case .alphanumeric: isDigit || isLetter
      case .digitOrX: isDigit || code == UInt8(ascii: "X")
      case .exactly(let only): only.asciiValue == code
      }
    return isMember ? code : nil
  }

  /// What messages call it, after "is not".
  var name: String {
    switch self {
    case .letter: "a letter A to Z"
    case .digit: "a digit"
    case .alphanumeric: "a letter A to Z or a digit"
    case .digitOrX: "a digit or X"
    case .exactly(let only): "'\(only)'"
    }
  }
}
