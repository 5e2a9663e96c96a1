/// What a key file holds; the two kinds share one format, see `docs/keys.md`.
package enum KeyKind: Sendable, CaseIterable {
  /// A secret that makes and finds marks.
  case mark
  /// An Ed25519 seed that signs.
  case signing

  /// What messages call such a key.
  package var title: String {
    switch self {
    case .mark: "mark key"
    case .signing: "signing key"
    }
  }

  /// The start of the first line of such a file, in front of the version.
  package var firstWord: String {
    switch self {
    case .mark: "sukashi-mark-key"
    case .signing: "sukashi-signing-key"
    }
  }

  /// The first line of such a file in the version that is known.
  package var firstLine: String { firstWord + " 1" }

  /// The command that makes such a file, as a hint.
  var recipe: String {
    switch self {
    case .mark: "wm-keygen -o FILE makes a mark key"
    case .signing: "wm-keygen --signing -o FILE makes a signing key"
    }
  }

  /// The most bytes a name may have.
  package static let longestName = 64

  /// Whether a text can be the name of such a key.
  ///
  /// A mark key's has 1...64 bytes, no control characters and no blank at the ends. A signing key's
  /// is the name of a party: 1...64 letters of ASCII, digits and `.-_@+`.
  package func isName(_ text: String) -> Bool {
    guard (1...Self.longestName).contains(text.utf8.count) else { return false }
    switch self {
    case .mark:
      return text.first != " " && text.last != " "
        && text.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value) }
    case .signing:
      return text.utf8.allSatisfy { unit in
        switch unit {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: ".-_@+".utf8.contains(unit)
        }
      }
    }
  }

  /// What `isName` asks for, as messages say it.
  package var nameRule: String {
    switch self {
    case .mark: "1 to \(Self.longestName) bytes of printable text"
    case .signing: "1 to \(Self.longestName) letters, digits and .-_@+"
    }
  }
}
