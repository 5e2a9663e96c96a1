package import Ledger
package import Trade
package import TransparencyLog

/// The part of a ledger that a report is computed from; no lock is taken.
package struct ReportSource: Sendable {
  /// The ledger.
  package let file: LedgerFile
  /// How much of it.
  package let extent: ReportExtent

  package init(_ file: LedgerFile, _ extent: ReportExtent = .all) {
    self.file = file
    self.extent = extent
  }

  /// Goes through the entries on all cores, see `EntryScan`.
  ///
  /// - Parameters:
  ///   - take: what is wanted from an entry, nil for nothing; called on several threads.
  ///   - gather: called with each value in the order of the entries.
  /// - Returns: the tree of the entries, which is the one that was asked for.
  /// - Throws: `LedgerFault`, `ReportFault` or `CheckpointContradiction`.
  package func scan<Value: Sendable>(
    take: @Sendable (EntryHead) throws -> Value?, gather: (Value) throws -> Void
  ) throws -> TreeHead {
    try extent.check(file.origin(), ledger: file.path)
    let head = try file.scanning().run(limit: extent.limit, take: take, gather: gather)
    try extent.check(head, ledger: file.path)
    return head
  }

  /// Looks only at entries chosen by their terms, when there is an index to find them; goes through
  /// all otherwise.
  ///
  /// - Parameters:
  ///   - choose: chooses at least the entries from which something is taken; false when it has no
  ///     terms for them. What it chooses has no effect on the values. Nil to look at all.
  ///   - take: what is wanted from an entry, nil for nothing; called on several threads.
  ///   - gather: called with each value in the order of the entries.
  /// - Returns: the tree of all entries, which is the one that was asked for.
  /// - Throws: as above, or an `IndexFault` that shows that the ledger was changed.
  package func scan<Value: Sendable>(
    choosing choose: ((inout EntryChoice) throws -> Bool)?,
    take: @Sendable (EntryHead) throws -> Value?, gather: (Value) throws -> Void
  ) throws -> TreeHead {
    guard let choose, let log = try file.indexed(),
      let (values, head) = try log.look(limit: extent.limit, choose: choose, take: take)
    else { return try scan(take: take, gather: gather) }
    try extent.check(log.origin, ledger: file.path)
    try extent.check(head, ledger: file.path)
    for value in values { try gather(value) }
    return head
  }

  /// Goes through the entries and finds out which party is meant.
  ///
  /// - Parameters:
  ///   - selector: who is meant.
  ///   - choose: chooses entries by the party, as above; not called when it is not enrolled.
  ///   - take: what is wanted from an entry.
  ///   - gather: called with each value.
  /// - Returns: the tree and the party.
  /// - Throws: besides, `ReportFault` when there is no such party.
  package func scan<Value: Sendable>(
    for selector: PartySelector,
    choosing choose: ((PartyReference, inout EntryChoice) throws -> Bool)? = nil,
    take: @Sendable (EntryHead) throws -> Value?, gather: (Value) throws -> Void
  ) throws -> (head: TreeHead, party: PartyReference) {
    var party: PartyReference?
    let chooseAll = choose.map { choose in
      { (choice: inout EntryChoice) in
        try choice.add(Term(.party, "\(selector.name)"))
        guard let party = try choice.facts.party("\(selector.name)") else { return true }
        return try choose(party.reference, &choice)
      }
    }
    let head = try scan(choosing: chooseAll) { head -> Found<Value>? in
      if let party = try selector.party(enrolledBy: head) { return .party(party) }
      return try take(head).map { .value($0) }
    } gather: {
      switch $0 {
      case .party(let found): party = party ?? found
      case .value(let value): try gather(value)
      }
    }
    return (head, try selector.resolved(party))
  }

  private enum Found<Value: Sendable>: Sendable {
    case party(PartyReference)
    case value(Value)
  }
}
