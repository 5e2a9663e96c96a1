/// The part somebody plays in a trade; the raw values are the words of orders and of the ledger.
package enum PartyKind: String, Sendable, CaseIterable {
  /// Buys, borrows and views.
  case user
  /// Holds the masters and sends the bills.
  case contentServer = "content-server"
  /// Delivers for a content server.
  case deliveryServer = "delivery-server"
  /// Receives for the users of a house.
  case homeServer = "home-server"
  /// Receives for its customers and sells the medium.
  case shop
  /// Runs home servers.
  case administrator
  /// Pays an administrator on behalf of the users of a building.
  case buildingManager = "building-manager"

  /// Takes one of the seven words.
  ///
  /// - Throws: `PartyError.unknownKind`.
  package init(_ text: String) throws {
    guard let kind = PartyKind(rawValue: text) else { throw PartyError.unknownKind(text) }
    self = kind
  }

  /// The numbers this kind is counted with: no two parties of one space have the same number.
  package var numberSpace: NumberSpace {
    switch self {
    case .user: .user
    case .contentServer: .contentServer
    case .deliveryServer: .deliveryServer
    case .homeServer, .shop: .outlet
    case .administrator: .administrator
    case .buildingManager: .buildingManager
    }
  }

  /// How many bits the number of such a party takes: 48 for users, 16 for all others.
  package var numberBits: Int { numberSpace.bits }

  /// The word with its article, for sentences.
  package var withArticle: String { (self == .administrator ? "an " : "a ") + rawValue }
}

/// Parties that are numbered together.
package enum NumberSpace: String, Sendable, CaseIterable {
  /// Users, as in the user field of a delivery's message.
  case user
  /// Content servers, as in the field of that name.
  case contentServer = "content-server"
  /// Delivery servers, as in the field of that name.
  case deliveryServer = "delivery-server"
  /// Home servers and shops, which share the outlet field of a delivery's message.
  case outlet
  /// Administrators, which no message names.
  case administrator
  /// Building managers, which no message names.
  case buildingManager = "building-manager"

  /// How many bits a number takes: 48 for users, 16 for all others.
  package var bits: Int { self == .user ? 48 : 16 }

  /// The largest number, 2^48 - 1 or 65535.
  package var largestNumber: UInt64 { (1 << UInt64(bits)) - 1 }
}
