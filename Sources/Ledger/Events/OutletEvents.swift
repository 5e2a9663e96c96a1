package import Signing
package import Trade

/// A home server has a parcel on its disk (signal 12).
package struct Stored: EventBody {
  package static let kind = EventKind.stored

  package let order: Handle
  package let homeServer: PartyName
  package let user: PartyName
  /// The hash of the parcel's manifest.
  package let parcel: SHA256Hash

  package init(
    order: Handle, homeServer: PartyName, user: PartyName, parcel: SHA256Hash
  ) {
    self.order = order
    self.homeServer = homeServer
    self.user = user
    self.parcel = parcel
  }

  package init(_ fields: inout FieldReader) throws {
    homeServer = try fields.value("home-server", PartyName.init)
    order = try fields.handle("order")
    parcel = try fields.hash("parcel")
    user = try fields.value("user", PartyName.init)
  }

  package var canonical: CanonicalValue {
    .object([
      "home-server": .string("\(homeServer)"),
      "order": .string("\(order)"),
      "parcel": .string(parcel.base64),
      "user": .string("\(user)"),
    ])
  }

  package var terms: [Term] {
    [Term(.order, "\(order)"), Term(.user, "\(user)")]
  }
}

/// A home server has given the content to the user (signal 13).
package struct HandedOver: EventBody {
  package static let kind = EventKind.handedOver

  package let order: Handle
  package let homeServer: PartyName
  package let user: PartyName
  /// How many bytes were given.
  package let bytes: Int64

  package init(
    order: Handle, homeServer: PartyName, user: PartyName, bytes: Int64
  ) {
    self.order = order
    self.homeServer = homeServer
    self.user = user
    self.bytes = bytes
  }

  package init(_ fields: inout FieldReader) throws {
    bytes = try fields.integer("bytes")
    homeServer = try fields.value("home-server", PartyName.init)
    order = try fields.handle("order")
    user = try fields.value("user", PartyName.init)
  }

  package var canonical: CanonicalValue {
    .object([
      "bytes": .integer(bytes),
      "home-server": .string("\(homeServer)"),
      "order": .string("\(order)"),
      "user": .string("\(user)"),
    ])
  }

  package var terms: [Term] {
    [Term(.order, "\(order)"), Term(.user, "\(user)")]
  }
}

/// A user starts to watch or works the player (signals 16 and 17).
package struct Viewing: EventBody {
  package static let kind = EventKind.viewing

  package let order: Handle
  package let homeServer: PartyName
  package let user: PartyName
  /// The viewing this belongs to.
  package let session: Handle
  package let action: ViewingAction
  /// The place in the title, in milliseconds.
  package let position: Int64

  package init(
    order: Handle, homeServer: PartyName, user: PartyName, session: Handle, action: ViewingAction,
    position: Int64
  ) {
    self.order = order
    self.homeServer = homeServer
    self.user = user
    self.session = session
    self.action = action
    self.position = position
  }

  package init(_ fields: inout FieldReader) throws {
    action = try fields.word("action")
    homeServer = try fields.value("home-server", PartyName.init)
    order = try fields.handle("order")
    position = try fields.integer("position")
    session = try fields.handle("session")
    user = try fields.value("user", PartyName.init)
  }

  package var canonical: CanonicalValue {
    .object([
      "action": .string(action.rawValue),
      "home-server": .string("\(homeServer)"),
      "order": .string("\(order)"),
      "position": .integer(position),
      "session": .string("\(session)"),
      "user": .string("\(user)"),
    ])
  }

  package var terms: [Term] {
    [Term(.order, "\(order)"), Term(.user, "\(user)")]
  }
}

/// Viewing has ended (signal 18): what it is billed by.
package struct Viewed: EventBody {
  package static let kind = EventKind.viewed

  package let order: Handle
  package let homeServer: PartyName
  package let user: PartyName
  /// Started days the title was held.
  package let days: Int64
  /// Seconds of the title that were seen, each once.
  package let seconds: Int64
  /// How often it was seen.
  package let views: Int64

  package init(
    order: Handle, homeServer: PartyName, user: PartyName, days: Int64, seconds: Int64, views: Int64
  ) {
    self.order = order
    self.homeServer = homeServer
    self.user = user
    self.days = days
    self.seconds = seconds
    self.views = views
  }

  package init(_ fields: inout FieldReader) throws {
    days = try fields.integer("days")
    homeServer = try fields.value("home-server", PartyName.init)
    order = try fields.handle("order")
    seconds = try fields.integer("seconds")
    user = try fields.value("user", PartyName.init)
    views = try fields.integer("views")
  }

  package var canonical: CanonicalValue {
    .object([
      "days": .integer(days),
      "home-server": .string("\(homeServer)"),
      "order": .string("\(order)"),
      "seconds": .integer(seconds),
      "user": .string("\(user)"),
      "views": .integer(views),
    ])
  }

  package var terms: [Term] {
    [Term(.order, "\(order)"), Term(.user, "\(user)")]
  }
}

/// A copy has been erased (signals 14 and 20).
package struct Deleted: EventBody {
  package static let kind = EventKind.deleted

  package let order: Handle
  /// The server or shop that held it.
  package let place: PartyName
  package let cause: DeletionCause

  package init(
    order: Handle, place: PartyName, cause: DeletionCause
  ) {
    self.order = order
    self.place = place
    self.cause = cause
  }

  package init(_ fields: inout FieldReader) throws {
    cause = try fields.word("cause")
    order = try fields.handle("order")
    place = try fields.value("place", PartyName.init)
  }

  package var canonical: CanonicalValue {
    .object([
      "cause": .string(cause.rawValue),
      "order": .string("\(order)"),
      "place": .string("\(place)"),
    ])
  }

  package var terms: [Term] {
    [Term(.order, "\(order)")]
  }
}

/// What a listener does with the player.
package enum ViewingAction: String, Sendable, CaseIterable {
  case start, stop, pause, forward, rewind, seek
}

/// Why a copy was erased.
package enum DeletionCause: String, Sendable, CaseIterable {
  case handedOver = "handed-over"
  case viewed, burned, expired, cancelled
}
