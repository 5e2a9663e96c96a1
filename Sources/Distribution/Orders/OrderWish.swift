package import Ledger
package import Trade

/// What a user asks a content server for (signal 3).
package struct OrderWish: Sendable, Equatable {
  /// When an order is no longer good.
  package enum Expiry: Sendable, Equatable {
    /// Seconds from the moment the order is taken.
    case after(Int64)
    case at(UTCTime)
  }

  /// Where the copies go.
  package enum Destination: Sendable, Equatable {
    case straight
    case home(PartyName)
    case shop(PartyName, Medium)
  }

  /// What the order is called.
  package var order: Handle
  package var user: PartyName
  /// The titles, at least one, none twice.
  package var contents: [Handle]
  package var destination: Destination
  /// What is paid for.
  package var use: PriceUnit
  /// The delivery server, nil for any.
  package var server: PartyName?
  /// nil for seven days, which a repeated order need not say again.
  package var expiry: Expiry?

  /// The expiry of orders that do not say one: seven days.
  package static let usualSeconds: Int64 = 7 * UTCTime.secondsPerDay

  /// - Parameters:
  ///   - order: what the order is called.
  ///   - user: who asks.
  ///   - contents: the titles.
  ///   - destination: where the copies go.
  ///   - use: what is paid for.
  ///   - server: the delivery server, nil for any.
  ///   - expiry: nil for the usual one.
  /// - Throws: `OrderFault.noContents` or `.contentTwice`, `.wrongUse`.
  package init(
    order: Handle, user: PartyName, contents: [Handle], destination: Destination = .straight,
    use: PriceUnit = .purchase, server: PartyName? = nil, expiry: Expiry? = nil
  ) throws {
    if contents.isEmpty { throw OrderFault.noContents }
    var seen: Set<Handle> = []
    for content in contents where !seen.insert(content).inserted {
      throw OrderFault.contentTwice(content)
    }
    switch (use, destination) {
    case (.purchase, _), (.view, .home), (.day, .home), (.minute, .home): break
    default: throw OrderFault.wrongUse(use)
    }
    self.order = order
    self.user = user
    self.contents = contents
    self.destination = destination
    self.use = use
    self.server = server
    self.expiry = expiry
  }

  /// The home server or shop.
  package var outlet: PartyName? {
    switch destination {
    case .straight: nil
    case .home(let name), .shop(let name, _): name
    }
  }

  /// What a shop writes on.
  package var medium: Medium? {
    if case .shop(_, let medium) = destination { return medium }
    return nil
  }
}
