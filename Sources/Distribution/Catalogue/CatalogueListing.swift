package import Ledger
package import Trade

/// All titles of a ledger: their terms as they are now, and where they are placed.
package struct CatalogueListing: Sendable {
  /// A title that was published.
  package struct Row: Sendable {
    /// Its terms, as they were last.
    package fileprivate(set) var title: Published
    /// Whether it is no longer offered.
    package fileprivate(set) var isWithdrawn = false
    /// The delivery servers that hold the master it has now.
    package var servers: [PartyName] {
      placements.masters.filter { $0.value == title.master }.map(\.key).sorted()
    }
    fileprivate var placements = Placements()
  }

  /// The titles, in the order of their handles.
  package var rows: [Row] { found.values.sorted { $0.title.content < $1.title.content } }

  private var found: [Handle: Row] = [:]

  /// Goes through a ledger.
  ///
  /// - Throws: as `EntryScan.run`.
  package init(_ ledger: LedgerFile) throws {
    _ = try ledger.scanning().run(
      take: { head in
        switch head.kind {
        case .published, .withdrawn, .placed, .evicted: try head.event()
        default: nil
        }
      },
      gather: { event in add(event) })
  }

  /// The terms of a title as they were last, nil when it was never published.
  package subscript(content: Handle) -> Row? { found[content] }

  private mutating func add(_ event: Event) {
    switch event.body {
    case let title as Published:
      found[title.content, default: Row(title: title)].title = title
      found[title.content]?.isWithdrawn = false
    case let withdrawn as Withdrawn: found[withdrawn.content]?.isWithdrawn = true
    case let placed as Placed: found[placed.content]?.placements.add(placed)
    case let evicted as Evicted: found[evicted.content]?.placements.add(evicted)
    default: break
    }
  }
}
