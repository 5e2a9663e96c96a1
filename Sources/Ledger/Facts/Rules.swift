import CommandLineSupport
import Trade

/// What an entry must fulfil beside its form, given what the ledger says before it.
package struct Rules {
  let facts: Facts

  package init(_ facts: Facts) { self.facts = facts }

  /// Checks an event.
  ///
  /// - Throws: `RuleFault` or `EntryFault`.
  package func check(_ event: Event, by author: Facts.Party) throws {
    guard event.kind.authors.contains(author.role) else {
      throw EntryFault.role(author.name, author.role, event.kind)
    }
    switch event.body {
    case is Opened: throw EntryFault.openedTwice
    case let enrolled as Enrolled: try check(enrolled)
    case let rekeyed as Rekeyed:
      _ = try party(rekeyed.party)
      if rekeyed.party != author.name, author.role != .contentServer {
        throw RuleFault.foreignKey(author.name, rekeyed.party)
      }
    case let revoked as Revoked: _ = try party(revoked.party)
    case let placed as Placed:
      _ = try party(placed.deliveryServer, .deliveryServer)
      try checkTitle(placed.content)
    case let evicted as Evicted: try check(evicted.deliveryServer, .deliveryServer, is: author)
    case let withdrawn as Withdrawn: try checkTitle(withdrawn.content)
    case let ordered as Ordered: try check(ordered)
    case let marking as Marking: try check(marking, by: author)
    case let delivered as Delivered:
      _ = try party(delivered.user, .user)
      _ = try party(delivered.contentServer, .contentServer)
      guard try facts.hasSerial(delivered.serial, of: delivered.contentServer) else {
        throw RuleFault.notMarked(delivered.contentServer, delivered.serial)
      }
    case let reported as Reported:
      _ = try party(reported.user, .user)
      _ = try party(reported.contentServer, .contentServer)
    case let billed as Billed: try check(billed, by: author)
    case let payment as Payment: try check(payment, by: author)
    case let stored as Stored: try checkOutlet(stored.homeServer, stored.user, is: author)
    case let handed as HandedOver: try checkOutlet(handed.homeServer, handed.user, is: author)
    case let viewing as Viewing: try checkOutlet(viewing.homeServer, viewing.user, is: author)
    case let viewed as Viewed: try checkOutlet(viewed.homeServer, viewed.user, is: author)
    case let deleted as Deleted:
      if deleted.place != author.name { throw RuleFault.foreign(author.name, deleted.place) }
    case let burned as Burned: try checkOutlet(burned.shop, burned.user, is: author)
    case let spoiled as Spoiled: try checkOutlet(spoiled.shop, nil, is: author)
    case let collected as Collected: try checkOutlet(collected.shop, collected.user, is: author)
    case let posted as Posted: try checkOutlet(posted.shop, posted.user, is: author)
    default: break
    }
  }

  private func party(_ name: PartyName, _ role: PartyKind? = nil) throws -> Facts.Party {
    guard let party = try facts.party("\(name)") else { throw RuleFault.unknownParty(name) }
    if let role, party.role != role { throw RuleFault.wrongRole(name, party.role, role) }
    return party
  }

  private func check(_ name: PartyName, _ role: PartyKind, is author: Facts.Party) throws {
    _ = try party(name, role)
    if name != author.name { throw RuleFault.foreign(author.name, name) }
  }

  private func checkOutlet(
    _ outlet: PartyName, _ user: PartyName?, is author: Facts.Party
  ) throws {
    try check(outlet, author.role, is: author)
    if let user { _ = try party(user, .user) }
  }

  private func checkTitle(_ content: Handle) throws {
    if try facts.title(content) == nil { throw RuleFault.unknownTitle(content) }
  }

  private func check(_ enrolled: Enrolled) throws {
    if let existing = try facts.party("\(enrolled.party)") {
      throw RuleFault.enrolledTwice(enrolled.party, existing.role)
    }
    if let holder = try facts.holder(of: enrolled.number, in: enrolled.role.numberSpace) {
      throw RuleFault.numberTaken(enrolled.number, enrolled.role, holder)
    }
    if let administrator = enrolled.administrator { _ = try party(administrator, .administrator) }
  }

  private func check(_ ordered: Ordered) throws {
    _ = try party(ordered.user, .user)
    _ = try party(ordered.contentServer, .contentServer)
    _ = try party(ordered.deliveryServer, .deliveryServer)
    for content in ordered.contents { try checkTitle(content) }
    let outlet = try ordered.outlet.map { try party($0) }
    if let outlet, outlet.role != .homeServer, outlet.role != .shop {
      throw RuleFault.wrongRole(outlet.name, outlet.role, .homeServer)
    }
    if (outlet?.role == .shop) != (ordered.medium != nil) { throw RuleFault.mediumWithoutShop }
  }

  private func check(_ marking: Marking, by author: Facts.Party) throws {
    try check(marking.deliveryServer, .deliveryServer, is: author)
    let user = try party(marking.user, .user)
    let contentServer = try party(marking.contentServer, .contentServer)
    let outlet = try marking.outlet.map { try party($0) }
    if let outlet, outlet.role != .homeServer, outlet.role != .shop {
      throw RuleFault.wrongRole(outlet.name, outlet.role, .homeServer)
    }
    try checkTitle(marking.content)
    if try facts.hasSerial(marking.serial, of: marking.contentServer) {
      throw RuleFault.serialTaken(marking.contentServer, marking.serial)
    }
    let expected = try MarkedParties(
      contentServer: contentServer, deliveryServer: author, outlet: outlet, user: user
    ).message(serial: marking.serial)
    if marking.message != expected { throw RuleFault.wrongMessage(marking.message, expected) }
  }
}
