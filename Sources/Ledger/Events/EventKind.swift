package import Trade

/// What an entry records: the signals of the patent that leave a trace, and what parties need
/// besides.
package enum EventKind: String, Sendable, CaseIterable {
  // Parties.
  case opened, enrolled, rekeyed, revoked
  // The catalogue: signal 2, and the placing of signals 2, 6 and 7.
  case published, withdrawn, placed, evicted
  // Signals 3 to 5 and 8 to 9.
  case ordered, marking, delivered, reported
  // Signals 10 and 21; 1, 11, 15, 23 and 24.
  case billed, payment
  // The home server: signals 12 to 14, 16 to 18.
  case stored
  case handedOver = "handed-over"
  case viewing, viewed, deleted
  // The shop: signals 20 and 22.
  case burned, spoiled, collected, posted

  /// Whether such an entry changes what is remembered of parties and titles.
  var changesFacts: Bool {
    switch self {
    case .opened, .enrolled, .rekeyed, .revoked, .published, .withdrawn: true
    default: false
    }
  }

  /// Whether later entries are held against such an entry, beside its identifier.
  var isOfState: Bool {
    switch self {
    case .opened, .enrolled, .rekeyed, .revoked, .published, .withdrawn, .marking, .billed,
      .payment:
      true
    case .placed, .evicted, .ordered, .delivered, .reported, .stored, .handedOver, .viewing,
      .viewed, .deleted, .burned, .spoiled, .collected, .posted:
      false
    }
  }

  /// The kinds of party that may write such an entry.
  package var authors: Set<PartyKind> { Self.authorsByKind[self] ?? [] }

  private static let authorsByKind = Dictionary(
    uniqueKeysWithValues: allCases.map { ($0, $0.permittedAuthors) })

  private var permittedAuthors: Set<PartyKind> {
    switch self {
    case .opened, .enrolled, .revoked, .published, .withdrawn: [.contentServer]
    case .rekeyed:
      [.contentServer, .deliveryServer, .homeServer, .shop, .administrator, .buildingManager]
    case .placed: [.contentServer, .deliveryServer]
    case .evicted: [.deliveryServer]
    case .ordered: [.contentServer, .deliveryServer]
    case .marking, .delivered: [.deliveryServer]
    case .reported, .billed: [.contentServer, .deliveryServer, .homeServer, .shop, .administrator]
    case .payment:
      [.contentServer, .deliveryServer, .homeServer, .shop, .administrator, .buildingManager]
    case .stored, .handedOver, .viewing, .viewed: [.homeServer]
    case .deleted: [.deliveryServer, .homeServer, .shop]
    case .burned, .spoiled, .collected, .posted: [.shop]
    }
  }
}
