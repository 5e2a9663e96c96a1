package import Signing
package import Trade

/// The first entry of a ledger: its name, and the content server that answers for it.
package struct Opened: EventBody {
  package static let kind = EventKind.opened
  /// The version of the format.
  package static let format: Int64 = 1

  /// The ledger's name, which its checkpoints carry.
  package let origin: Origin
  /// The content server, which gets number 1 and is the entry's author.
  package let party: PartyName
  /// The content server's key.
  package let key: PublicKey

  package init(origin: Origin, party: PartyName, key: PublicKey) {
    self.origin = origin
    self.party = party
    self.key = key
  }

  package init(_ fields: inout FieldReader) throws {
    _ = try fields.integer("format", in: Self.format...Self.format)
    key = try fields.key("key")
    origin = try fields.value("origin", Origin.init)
    party = try fields.value("party", PartyName.init)
  }

  package var canonical: CanonicalValue {
    .object([
      "format": .integer(Self.format), "key": .string(key.text),
      "origin": .string(origin.description), "party": .string("\(party)"),
    ])
  }

  package var terms: [Term] {
    [
      Term(.party, "\(party)"), Term(.space, PartyKind.contentServer.numberSpace.rawValue),
      Term(.number, "\(PartyKind.contentServer.numberSpace.rawValue)/1"),
    ]
  }
}

/// A party gets a number and, when it writes entries, its key.
package struct Enrolled: EventBody {
  package static let kind = EventKind.enrolled

  package let party: PartyName
  /// What the party is; named `role` in the body.
  package let role: PartyKind
  /// The number in the space of the role, from 1.
  package let number: Int64
  /// The key the party signs with; none for a party that writes nothing, such as a user.
  package let key: PublicKey?
  /// For a home server the administrator that runs it.
  package let administrator: PartyName?

  package init(
    party: PartyName, role: PartyKind, number: Int64, key: PublicKey?,
    administrator: PartyName? = nil
  ) {
    self.party = party
    self.role = role
    self.number = number
    self.key = key
    self.administrator = administrator
  }

  package init(_ fields: inout FieldReader) throws {
    administrator = try fields.optionalValue("administrator", PartyName.init)
    key = try fields.optionalKey("key")
    party = try fields.value("party", PartyName.init)
    role = try fields.word("role")
    number = try fields.integer("number", in: 1...Int64(role.numberSpace.largestNumber))
    if administrator != nil, role != .homeServer { throw FieldFault.unknown("administrator") }
  }

  package var canonical: CanonicalValue {
    .object([
      "administrator": .text(administrator?.description), "key": .text(key?.text),
      "number": .integer(number), "party": .string("\(party)"), "role": .string(role.rawValue),
    ])
  }

  package var terms: [Term] {
    [
      Term(.party, "\(party)"), Term(.space, role.numberSpace.rawValue),
      Term(.number, "\(role.numberSpace.rawValue)/\(number)"),
    ]
  }
}

/// A party signs with another key from the next entry on.
package struct Rekeyed: EventBody {
  package static let kind = EventKind.rekeyed

  package let party: PartyName
  package let key: PublicKey

  package init(party: PartyName, key: PublicKey) {
    self.party = party
    self.key = key
  }

  package init(_ fields: inout FieldReader) throws {
    key = try fields.key("key")
    party = try fields.value("party", PartyName.init)
  }

  package var canonical: CanonicalValue {
    .object(["key": .string(key.text), "party": .string("\(party)")])
  }

  package var terms: [Term] { [Term(.party, "\(party)")] }
}

/// A party's key is good for nothing from the next entry on.
package struct Revoked: EventBody {
  package static let kind = EventKind.revoked

  package let party: PartyName
  package let reason: String

  package init(party: PartyName, reason: String) {
    self.party = party
    self.reason = reason
  }

  package init(_ fields: inout FieldReader) throws {
    party = try fields.value("party", PartyName.init)
    reason = try fields.words("reason")
  }

  package var canonical: CanonicalValue {
    .object(["party": .string("\(party)"), "reason": .string(reason)])
  }

  package var terms: [Term] { [Term(.party, "\(party)")] }
}
