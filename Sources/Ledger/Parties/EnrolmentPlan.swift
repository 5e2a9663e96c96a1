package import Signing
package import Trade

/// What somebody wants a party to be.
package struct EnrolmentRequest: Sendable {
  package let party: PartyName
  package let role: PartyKind
  /// The number it is to have; nil for the next free one.
  package let number: Int64?
  package let key: PublicKey?
  package let administrator: PartyName?

  package init(
    party: PartyName, role: PartyKind, number: Int64? = nil, key: PublicKey? = nil,
    administrator: PartyName? = nil
  ) {
    self.party = party
    self.role = role
    self.number = number
    self.key = key
    self.administrator = administrator
  }
}

/// Makes the entries that enrol parties and change their keys, from what the ledger says.
///
/// What is there already makes no entry, so that any command can be given twice. A plan is made
/// under the lock of the ledger: the numbers it gives out are free then.
package struct EnrolmentPlan {
  /// The entries to be written.
  package private(set) var drafts: [Draft] = []

  private let facts: Facts
  private var planned: [PartyName: Enrolled] = [:]
  private var taken: [NumberSpace: Set<Int64>] = [:]
  private var last: [NumberSpace: Int64] = [:]

  package init(_ facts: Facts) { self.facts = facts }

  /// Enrols a party.
  ///
  /// - Parameters:
  ///   - request: what it is to be.
  ///   - line: the line of input that asks for it.
  /// - Returns: the party as it is enrolled, with its number.
  /// - Throws: `RuleFault.enrolledTwice`, `RuleFault.numberTaken` or `EnrolmentFault`.
  @discardableResult
  package mutating func enrol(_ request: EnrolmentRequest, line: Int? = nil) throws -> Enrolled {
    let known = try planned[request.party] ?? facts.history(of: request.party)?.enrolment
    if let known {
      try request.check(against: known)
      return known
    }
    let enrolled = Enrolled(
      party: request.party, role: request.role, number: try number(for: request),
      key: request.key, administrator: request.administrator)
    drafts.append(Draft(id: try Handle("enroll:\(request.party)"), enrolled, line: line))
    planned[request.party] = enrolled
    taken[request.role.numberSpace, default: []].insert(enrolled.number)
    last[request.role.numberSpace] = enrolled.number
    return enrolled
  }

  /// Gives a party another key.
  ///
  /// - Throws: `RuleFault.unknownParty`, or `EnrolmentFault.keyUsedBefore` for a key that was
  ///   replaced or revoked.
  package mutating func rekey(_ party: PartyName, _ key: PublicKey) throws {
    guard let history = try facts.history(of: party) else { throw RuleFault.unknownParty(party) }
    if history.keys.last == key, !history.isRevoked { return }
    if history.keys.contains(key) { throw EnrolmentFault.keyUsedBefore(party, key) }
    drafts.append(
      Draft(
        id: try Handle("rekey:\(party):\(key.text.prefix(16))"), Rekeyed(party: party, key: key))
    )
  }

  /// Revokes a party's key.
  ///
  /// - Throws: `RuleFault.unknownParty`, or `EnrolmentFault.revokedOtherwise` when it is revoked
  ///   for another reason.
  package mutating func revoke(_ party: PartyName, reason: String) throws {
    guard let history = try facts.history(of: party) else { throw RuleFault.unknownParty(party) }
    if history.isRevoked, let known = history.revocations.last {
      if known != reason { throw EnrolmentFault.revokedOtherwise(party, known) }
      return
    }
    drafts.append(
      Draft(
        id: try Handle("revoke:\(party):\(history.revocations.count + 1)"),
        Revoked(party: party, reason: reason)))
  }

  /// The number asked for, or else the next free one behind the last that was given out.
  private func number(for request: EnrolmentRequest) throws -> Int64 {
    let space = request.role.numberSpace
    let range = 1...Int64(space.largestNumber)
    if let number = request.number {
      guard range.contains(number) else {
        throw EnrolmentFault.numberOutside(number, request.role, range)
      }
      let holder =
        if taken[space]?.contains(number) == true {
          planned.values.first { $0.number == number && $0.role.numberSpace == space }?.party
        } else {
          try facts.holder(of: number, in: space)
        }
      if let holder { throw RuleFault.numberTaken(number, request.role, holder) }
      return number
    }
    let start = try last[space] ?? facts.lastNumber(in: space)
    for number in start..<range.upperBound where try isFree(number + 1, in: space) {
      return number + 1
    }
    for number in 1..<max(start, 1) where try isFree(number, in: space) { return number }
    throw EnrolmentFault.noNumberLeft(request.role)
  }

  private func isFree(_ number: Int64, in space: NumberSpace) throws -> Bool {
    if taken[space]?.contains(number) == true { return false }
    return try facts.holder(of: number, in: space) == nil
  }
}

extension EnrolmentRequest {
  /// Makes sure that a party is enrolled as it is asked for.
  fileprivate func check(against known: Enrolled) throws {
    if known.role != role { throw RuleFault.enrolledTwice(party, known.role) }
    if let number, number != known.number {
      throw EnrolmentFault.otherNumber(party, known.number, asked: number)
    }
    if key != known.key { throw EnrolmentFault.otherKey(party) }
    if administrator != known.administrator {
      throw EnrolmentFault.otherAdministrator(party, known.administrator)
    }
  }
}
