import Ledger
package import Trade

/// A party as users name it: by its name, which is unique, or by kind and name.
package struct PartySelector: Sendable, CustomStringConvertible {
  /// The name.
  package let name: PartyName
  private let kind: PartyKind?
  /// As it was given.
  package let description: String

  /// - Throws: `PartyError`.
  package init(_ text: String) throws {
    description = text
    if text.contains(":") {
      let reference = try PartyReference(text)
      name = reference.name
      kind = reference.kind
    } else {
      name = try PartyName(text)
      kind = nil
    }
  }

  /// Whether a party is the one that is meant.
  package func matches(_ party: PartyReference) -> Bool {
    party.name == name && (kind.map { $0 == party.kind } ?? true)
  }

  /// The party, when an entry enrols it.
  ///
  /// - Throws: `FieldFault`.
  func party(enrolledBy head: EntryHead) throws -> PartyReference? {
    switch head.kind {
    case .opened, .enrolled:
      guard head.body["party"]?.string == name.description else { return nil }
      let kind = (try head.event().body as? Enrolled)?.role ?? .contentServer
      return PartyReference(kind, name)
    default: return nil
    }
  }

  /// Makes sure that a party was found, and is of the kind that was meant.
  ///
  /// - Throws: `ReportFault`.
  func resolved(_ party: PartyReference?) throws -> PartyReference {
    guard let party else { throw ReportFault.unknownParty("\(name)") }
    if let kind, kind != party.kind { throw ReportFault.otherKind(description, "\(party)") }
    return party
  }
}
