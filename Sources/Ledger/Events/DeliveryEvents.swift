package import MarkKeys
package import Signing
package import Trade

/// A copy is about to be marked: durable before its first byte leaves (signal 8).
package struct Marking: EventBody {
  package static let kind = EventKind.marking

  package let order: Handle
  package let content: Handle
  package let user: PartyName
  package let contentServer: PartyName
  package let deliveryServer: PartyName
  /// The home server or shop; none when delivered straight.
  package let outlet: PartyName?
  /// Unique for the content server, 32 bits.
  package let serial: Int64
  /// What the mark says: the numbers of the four parties and the serial.
  package let message: Message
  /// The commitment to the fingerprint codeword.
  package let commitment: SHA256Hash?

  package init(
    order: Handle, content: Handle, user: PartyName, contentServer: PartyName,
    deliveryServer: PartyName, outlet: PartyName? = nil, serial: Int64, message: Message,
    commitment: SHA256Hash? = nil
  ) {
    self.order = order
    self.content = content
    self.user = user
    self.contentServer = contentServer
    self.deliveryServer = deliveryServer
    self.outlet = outlet
    self.serial = serial
    self.message = message
    self.commitment = commitment
  }

  package init(_ fields: inout FieldReader) throws {
    commitment = try fields.optionalHash("commitment")
    content = try fields.handle("content")
    contentServer = try fields.value("content-server", PartyName.init)
    deliveryServer = try fields.value("delivery-server", PartyName.init)
    message = try fields.value("message", Message.init(hexadecimal:))
    order = try fields.handle("order")
    outlet = try fields.optionalValue("outlet", PartyName.init)
    serial = try fields.integer("serial", in: 0...0xFFFF_FFFF)
    user = try fields.value("user", PartyName.init)
  }

  package var canonical: CanonicalValue {
    .object([
      "commitment": .text(commitment?.base64),
      "content": .string("\(content)"),
      "content-server": .string("\(contentServer)"),
      "delivery-server": .string("\(deliveryServer)"),
      "message": .string("\(message)"),
      "order": .string("\(order)"),
      "outlet": .text(outlet?.description),
      "serial": .integer(serial),
      "user": .string("\(user)"),
    ])
  }

  package var terms: [Term] {
    [
      Term(.order, "\(order)"), Term(.content, "\(content)"), Term(.user, "\(user)"),
      Term(.series, "\(contentServer)"), Term(.serial, "\(contentServer)/\(serial)"),
      Term(.message, "\(message)"),
    ]
  }
}

/// The last byte of a copy has left (signal 8).
package struct Delivered: EventBody {
  package static let kind = EventKind.delivered

  package let order: Handle
  package let content: Handle
  package let user: PartyName
  package let contentServer: PartyName
  package let serial: Int64
  /// How many bytes were sent.
  package let bytes: Int64
  /// The hash of the bytes.
  package let hash: SHA256Hash?

  package init(
    order: Handle, content: Handle, user: PartyName, contentServer: PartyName, serial: Int64,
    bytes: Int64, hash: SHA256Hash? = nil
  ) {
    self.order = order
    self.content = content
    self.user = user
    self.contentServer = contentServer
    self.serial = serial
    self.bytes = bytes
    self.hash = hash
  }

  package init(_ fields: inout FieldReader) throws {
    bytes = try fields.integer("bytes")
    content = try fields.handle("content")
    contentServer = try fields.value("content-server", PartyName.init)
    hash = try fields.optionalHash("hash")
    order = try fields.handle("order")
    serial = try fields.integer("serial", in: 0...0xFFFF_FFFF)
    user = try fields.value("user", PartyName.init)
  }

  package var canonical: CanonicalValue {
    .object([
      "bytes": .integer(bytes),
      "content": .string("\(content)"),
      "content-server": .string("\(contentServer)"),
      "hash": .text(hash?.base64),
      "order": .string("\(order)"),
      "serial": .integer(serial),
      "user": .string("\(user)"),
    ])
  }

  package var terms: [Term] {
    [
      Term(.order, "\(order)"), Term(.content, "\(content)"), Term(.user, "\(user)"),
      Term(.serial, "\(contentServer)/\(serial)"),
    ]
  }
}

/// What was done is reported to the content server (signals 9, 14 and 20).
package struct Reported: EventBody {
  package static let kind = EventKind.reported

  package let order: Handle
  package let content: Handle
  package let user: PartyName
  package let contentServer: PartyName
  /// What is reported.
  package let matter: ReportMatter
  /// The fee of the order, in minor units.
  package let fee: Int64
  package let currency: Currency

  package init(
    order: Handle, content: Handle, user: PartyName, contentServer: PartyName, matter: ReportMatter,
    fee: Int64, currency: Currency
  ) {
    self.order = order
    self.content = content
    self.user = user
    self.contentServer = contentServer
    self.matter = matter
    self.fee = fee
    self.currency = currency
  }

  package init(_ fields: inout FieldReader) throws {
    content = try fields.handle("content")
    contentServer = try fields.value("content-server", PartyName.init)
    currency = try fields.value("currency", Currency.init)
    fee = try fields.integer("fee")
    matter = try fields.word("matter")
    order = try fields.handle("order")
    user = try fields.value("user", PartyName.init)
  }

  package var canonical: CanonicalValue {
    .object([
      "content": .string("\(content)"),
      "content-server": .string("\(contentServer)"),
      "currency": .string("\(currency)"),
      "fee": .integer(fee),
      "matter": .string(matter.rawValue),
      "order": .string("\(order)"),
      "user": .string("\(user)"),
    ])
  }

  package var terms: [Term] {
    [Term(.order, "\(order)"), Term(.content, "\(content)"), Term(.user, "\(user)")]
  }
}

/// What a report is about.
package enum ReportMatter: String, Sendable, CaseIterable {
  case delivery, deletion, viewing, disc
}
