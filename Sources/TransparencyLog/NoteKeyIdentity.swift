/// The name and number by which a note tells whose signature it carries.
///
/// Names are compared by their bytes, not by what looks alike.
package struct NoteKeyIdentity: Hashable, Sendable {
  /// The name: not empty, no Unicode spaces, no `+`, no control characters.
  package let name: String
  /// The first four bytes of a hash over name and key, most significant first.
  package let number: UInt32

  package static func == (left: NoteKeyIdentity, right: NoteKeyIdentity) -> Bool {
    left.number == right.number && left.name.utf8.elementsEqual(right.name.utf8)
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(number) }

  /// Whether a text can be the name of a key in a note.
  package static func isName(_ text: some StringProtocol) -> Bool {
    !text.isEmpty
      && text.unicodeScalars.allSatisfy { scalar in
        scalar != "+" && scalar.value >= 0x20 && !scalar.properties.isWhitespace
      }
  }
}
