import Ledger

/// The names that accounts have in beancount, whose components start with a capital or digit and
/// have only letters, digits and `-`.
enum BeancountAccount {
  /// The name of an account.
  ///
  /// The first component is one of the five types; words of ours get a capital; the last component
  /// of an account named after a party is its name by `component(for:)`.
  static func name(_ path: Account.Path) -> String {
    let parts = path.description.split(separator: ":").map(String.init)
    let type = parts[0] == "revenue" ? "Income" : capitalized(parts[0])
    // Kind and name of a party are the third and fourth component.
    let words = parts.dropFirst().prefix(2).map(capitalized)
    return ([type] + words + parts.dropFirst(3).map(component)).joined(separator: ":")
  }

  /// A party's name as a component; different names give different components.
  ///
  /// A letter or digit stays, any other character becomes `-` and its code in two hexadecimal
  /// digits. A small letter at the beginning becomes a capital; before a capital or a sign stands
  /// `0--`, which nothing else can begin with.
  static func component(for name: String) -> String {
    var text = ""
    for unit in name.utf8 {
      switch unit {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        text.unicodeScalars.append(Unicode.Scalar(unit))
      default: text += "-" + String(unit, radix: 16, uppercase: true)
      }
    }
    switch name.utf8.first {
    case .some(UInt8(ascii: "a")...UInt8(ascii: "z")): return capitalized(text)
    case .some(UInt8(ascii: "0")...UInt8(ascii: "9")): return text
    default: return "0--" + text
    }
  }

  private static func capitalized(_ word: String) -> String {
    word.prefix(1).uppercased() + word.dropFirst()
  }
}
