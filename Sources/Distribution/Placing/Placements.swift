package import Ledger
package import Signing
package import Trade

/// Which delivery servers hold a title, as the ledger says: placed, and not given up since.
package struct Placements: Sendable, Equatable {
  /// The master that each server holds.
  package private(set) var masters: [PartyName: SHA256Hash] = [:]
  /// How often the title was placed or given up.
  package private(set) var changes = 0

  /// No placements yet.
  package init() {}

  /// Reads what the ledger says of a title.
  ///
  /// - Throws: what the ledger's storage throws.
  package init(of content: Handle, _ facts: Facts) throws {
    try facts.visit(Term(.placement, "\(content)")) { _, event in
      switch event.body {
      case let placed as Placed where placed.content == content: add(placed)
      case let evicted as Evicted where evicted.content == content: add(evicted)
      default: break
      }
    }
  }

  /// Takes note of a placing.
  package mutating func add(_ placed: Placed) {
    masters[placed.deliveryServer] = placed.master
    changes += 1
  }

  /// Takes note of a giving up.
  package mutating func add(_ evicted: Evicted) {
    masters[evicted.deliveryServer] = nil
    changes += 1
  }

  /// The entry that says that a server holds a master, nil when the ledger says so already.
  ///
  /// - Throws: `HandleError`.
  package func place(
    _ content: Handle, _ master: SHA256Hash, on server: PartyName
  ) throws -> Draft? {
    if masters[server] == master { return nil }
    let id = try EntryNames.handle(
      "placed", ["\(content)", "\(server)", master.base64, "\(changes)"])
    return Draft(id: id, Placed(content: content, deliveryServer: server, master: master))
  }
}
