package import Ledger
import Trade

/// Decides whether an order is to be carried out.
struct OrderCheck {
  private let facts: Facts
  private let here: Author

  init(_ facts: Facts, _ here: Author) {
    self.facts = facts
    self.here = here
  }

  /// Checks who signed the order, for whom it is, and that the ledger knows it.
  ///
  /// - Returns: whether something is left to be delivered.
  /// - Throws: `DeliveryFault`, or what the ledger throws.
  func check(_ request: DeliveryServer.Request) throws -> Bool {
    let (line, ordered) = (request.line, request.order.ordered)
    let id = ordered.order
    guard let signer = try facts.party("\(line.author)"), let key = signer.key, !signer.isRevoked,
      signer.role == .contentServer || signer.name == here.name
    else { throw DeliveryFault.unknownAuthor(line.author) }
    guard line.isSigned(with: key) else { throw DeliveryFault.forged(id, line.author) }
    guard signer.name == ordered.contentServer || signer.name == here.name else {
      throw DeliveryFault.foreignAuthor(id, line.author, ordered.contentServer)
    }
    guard ordered.deliveryServer == here.name else {
      throw DeliveryFault.otherServer(id, ordered.deliveryServer, here.name)
    }
    try ordered.check(in: facts)
    if ordered.outlet == nil, ordered.use == .day || ordered.use == .minute {
      throw DeliveryFault.needsHomeServer(id, ordered.use)
    }
    let entries = DeliveryIdentifiers(order: id)
    let isDelivered = try ordered.contents.allSatisfy { content in
      try facts.entry(entries.entry(content, .delivered))?.author == here.name
    }
    if isDelivered { return false }
    // What was begun in time may be finished.
    let isBegun = try ordered.contents.allSatisfy { content in
      try facts.entry(entries.entry(content, .marking))?.author == here.name
    }
    if !isBegun, ordered.expires < here.clock() { throw DeliveryFault.expired(id, ordered.expires) }
    return true
  }

}

extension Ordered {
  /// Makes sure that the ledger has the order with these terms.
  ///
  /// - Throws: `DeliveryFault.notInLedger` or `.otherTerms`, or what the ledger throws.
  package func check(in facts: Facts) throws {
    var isThere = false
    var isSame = false
    try facts.visit(Term(.order, "\(order)"), kinds: [.ordered]) { _, event in
      guard let entry = event.body as? Ordered, entry.order == order else { return }
      isThere = true
      if entry == self { isSame = true }
    }
    if !isThere { throw DeliveryFault.notInLedger(order) }
    if !isSame { throw DeliveryFault.otherTerms(order) }
  }
}
