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
    let origin = try file.origin()
    if case .checkpoint(let checkpoint, let name) = extent,
      checkpoint.origin != origin.description
    {
      throw CheckpointContradiction(
        ledger: file.path, checkpoint: name,
        reason: "its name is '\(origin)' instead of '\(checkpoint.origin)'")
    }
    let head = try file.scanning().run(limit: extent.limit, take: take, gather: gather)
    try extent.check(head, ledger: file.path)
    return head
  }

  /// Goes through the entries and finds out which party is meant.
  ///
  /// - Throws: besides, `ReportFault` when there is no such party.
  package func scan<Value: Sendable>(
    for selector: PartySelector, take: @Sendable (EntryHead) throws -> Value?,
    gather: (Value) throws -> Void
  ) throws -> (head: TreeHead, party: PartyReference) {
    var party: PartyReference?
    let head = try scan { head -> Found<Value>? in
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
