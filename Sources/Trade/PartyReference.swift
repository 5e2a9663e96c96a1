/// A party as orders and bills name it: kind and name, such as `user:alice` or `shop:shibuya-3`.
package struct PartyReference: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The part it plays.
  package let kind: PartyKind
  /// What it is called.
  package let name: PartyName

  /// Takes kind and name.
  package init(_ kind: PartyKind, _ name: PartyName) {
    self.kind = kind
    self.name = name
  }

  /// Parses `KIND:NAME`.
  ///
  /// - Throws: `PartyError` for a missing colon, an unknown kind or a wrong name.
  package init(_ text: String) throws {
    guard let colon = text.firstIndex(of: ":") else { throw PartyError.noKind(text) }
    kind = try PartyKind(String(text[..<colon]))
    name = try PartyName(String(text[text.index(after: colon)...]))
  }

  /// `KIND:NAME`, which parses back to the same party.
  package var description: String { "\(kind.rawValue):\(name)" }

  /// Orders by the text form.
  package static func < (one: PartyReference, other: PartyReference) -> Bool {
    (one.kind.rawValue, one.name) < (other.kind.rawValue, other.name)
  }
}
