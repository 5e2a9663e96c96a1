package import Trade

/// A shop has written the disc of an order and read it back (signal 20).
package struct Burned: EventBody {
  package static let kind = EventKind.burned

  package let order: Handle
  package let shop: PartyName
  package let user: PartyName
  package let medium: Medium
  /// How many discs it took.
  package let discs: Int64

  package init(
    order: Handle, shop: PartyName, user: PartyName, medium: Medium, discs: Int64
  ) {
    self.order = order
    self.shop = shop
    self.user = user
    self.medium = medium
    self.discs = discs
  }

  package init(_ fields: inout FieldReader) throws {
    discs = try fields.integer("discs", in: 1...1000)
    medium = try fields.word("medium")
    order = try fields.handle("order")
    shop = try fields.value("shop", PartyName.init)
    user = try fields.value("user", PartyName.init)
  }

  package var canonical: CanonicalValue {
    .object([
      "discs": .integer(discs),
      "medium": .string(medium.rawValue),
      "order": .string("\(order)"),
      "shop": .string("\(shop)"),
      "user": .string("\(user)"),
    ])
  }

  package var terms: [Term] {
    [Term(.order, "\(order)"), Term(.user, "\(user)")]
  }
}

/// A disc was lost in writing.
package struct Spoiled: EventBody {
  package static let kind = EventKind.spoiled

  package let order: Handle
  package let shop: PartyName
  package let medium: Medium
  package let reason: String

  package init(
    order: Handle, shop: PartyName, medium: Medium, reason: String
  ) {
    self.order = order
    self.shop = shop
    self.medium = medium
    self.reason = reason
  }

  package init(_ fields: inout FieldReader) throws {
    medium = try fields.word("medium")
    order = try fields.handle("order")
    reason = try fields.words("reason")
    shop = try fields.value("shop", PartyName.init)
  }

  package var canonical: CanonicalValue {
    .object([
      "medium": .string(medium.rawValue),
      "order": .string("\(order)"),
      "reason": .string(reason),
      "shop": .string("\(shop)"),
    ])
  }

  package var terms: [Term] {
    [Term(.order, "\(order)")]
  }
}

/// The user has the disc from the shop (signal 22).
package struct Collected: EventBody {
  package static let kind = EventKind.collected

  package let order: Handle
  package let shop: PartyName
  package let user: PartyName

  package init(
    order: Handle, shop: PartyName, user: PartyName
  ) {
    self.order = order
    self.shop = shop
    self.user = user
  }

  package init(_ fields: inout FieldReader) throws {
    order = try fields.handle("order")
    shop = try fields.value("shop", PartyName.init)
    user = try fields.value("user", PartyName.init)
  }

  package var canonical: CanonicalValue {
    .object([
      "order": .string("\(order)"),
      "shop": .string("\(shop)"),
      "user": .string("\(user)"),
    ])
  }

  package var terms: [Term] {
    [Term(.order, "\(order)"), Term(.user, "\(user)")]
  }
}

/// The shop has posted the disc (signal 22).
package struct Posted: EventBody {
  package static let kind = EventKind.posted

  package let order: Handle
  package let shop: PartyName
  package let user: PartyName
  /// The number the carrier gave.
  package let tracking: Handle

  package init(
    order: Handle, shop: PartyName, user: PartyName, tracking: Handle
  ) {
    self.order = order
    self.shop = shop
    self.user = user
    self.tracking = tracking
  }

  package init(_ fields: inout FieldReader) throws {
    order = try fields.handle("order")
    shop = try fields.value("shop", PartyName.init)
    tracking = try fields.handle("tracking")
    user = try fields.value("user", PartyName.init)
  }

  package var canonical: CanonicalValue {
    .object([
      "order": .string("\(order)"),
      "shop": .string("\(shop)"),
      "tracking": .string("\(tracking)"),
      "user": .string("\(user)"),
    ])
  }

  package var terms: [Term] {
    [Term(.order, "\(order)"), Term(.user, "\(user)")]
  }
}

/// What a shop writes on.
package enum Medium: String, Sendable, CaseIterable {
  case compactDisc = "cd-r"
  case dataDisc = "cd-rom"
  case videoDisc = "dvd-r"
}
