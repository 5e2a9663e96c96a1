package import Ledger
package import MarkKeys
package import Trade

/// What the ledger says about a copy that was named: who it was made for, by whom, and when.
package struct TracedDelivery {
  /// The number of the entry that was written before the copy left.
  package let index: Int64
  /// The entry's identifier.
  package let id: Handle
  /// When it was written.
  package let time: UTCTime
  /// What it says.
  package let marking: Marking
  /// The kind of the outlet, nil when delivered straight.
  package let outletKind: PartyKind?

  /// Looks a message up.
  ///
  /// - Returns: nil when no copy was marked with it.
  /// - Throws: what reading the ledger throws.
  package static func find(_ message: Message, in facts: Facts) throws -> TracedDelivery? {
    var found: (Handle, Marking)?
    try facts.visit(Term(.message, "\(message)"), kinds: [.marking]) { id, event in
      if let marking = event.body as? Marking, marking.message == message { found = (id, marking) }
    }
    guard let (id, marking) = found, let entry = try facts.entry(id) else { return nil }
    return TracedDelivery(
      index: entry.index, id: id, time: entry.time, marking: marking,
      outletKind: try marking.outlet.flatMap { try facts.party("\($0)")?.role })
  }
}
