package import Signing
package import Trade

/// What the ledger has said about a party so far, in order.
package struct PartyHistory: Sendable {
  /// How it was enrolled; a content server that opened the ledger has number 1.
  package let enrolment: Enrolled
  /// The keys it has had, the last one at the end.
  package fileprivate(set) var keys: [PublicKey]
  /// Why its keys were revoked, each time.
  package fileprivate(set) var revocations: [String] = []
  /// Whether its last key is revoked.
  package fileprivate(set) var isRevoked = false

  fileprivate init(_ enrolment: Enrolled) {
    self.enrolment = enrolment
    keys = enrolment.key.map { [$0] } ?? []
  }
}

extension Facts {
  /// The history of a party, nil when it is not enrolled.
  package func history(of name: PartyName) throws -> PartyHistory? {
    var history: PartyHistory?
    try visit(Term(.party, "\(name)")) { _, event in
      switch event.body {
      case let opened as Opened where opened.party == name:
        history = PartyHistory(
          Enrolled(party: name, role: .contentServer, number: 1, key: opened.key))
      case let enrolled as Enrolled where enrolled.party == name:
        history = PartyHistory(enrolled)
      case let rekeyed as Rekeyed where rekeyed.party == name:
        history?.keys.append(rekeyed.key)
        history?.isRevoked = false
      case let revoked as Revoked where revoked.party == name:
        history?.revocations.append(revoked.reason)
        history?.isRevoked = true
      default: break
      }
    }
    return history
  }

  /// Shows every party as it is now, by the spaces of numbers, in the order of enrolment.
  package func visitParties(_ body: (Party) throws -> Void) throws {
    for space in NumberSpace.allCases {
      for name in try names(in: space) {
        if let party = try party("\(name)") { try body(party) }
      }
    }
  }

  /// The names of all parties with a number of a space, in the order of enrolment.
  package func names(in space: NumberSpace) throws -> [PartyName] {
    var names: [PartyName] = []
    try visit(Term(.space, space.rawValue), kinds: [.opened, .enrolled]) { _, event in
      switch event.body {
      case let opened as Opened where space == PartyKind.contentServer.numberSpace:
        names.append(opened.party)
      case let enrolled as Enrolled where enrolled.role.numberSpace == space:
        names.append(enrolled.party)
      default: break
      }
    }
    return names
  }
}
