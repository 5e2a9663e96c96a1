package import Signing
package import Trade

/// A title is no longer sold.
package struct Withdrawn: EventBody {
  package static let kind = EventKind.withdrawn

  package let content: Handle
  package let reason: String?

  package init(
    content: Handle, reason: String? = nil
  ) {
    self.content = content
    self.reason = reason
  }

  package init(_ fields: inout FieldReader) throws {
    content = try fields.handle("content")
    reason = try fields.optionalWords("reason")
  }

  package var canonical: CanonicalValue {
    .object([
      "content": .string("\(content)"),
      "reason": .text(reason),
    ])
  }

  package var terms: [Term] {
    [Term(.content, "\(content)"), Term(.title, "\(content)")]
  }
}

/// A delivery server holds a master (signals 2, 6 and 7).
package struct Placed: EventBody {
  package static let kind = EventKind.placed

  package let content: Handle
  package let deliveryServer: PartyName
  /// The hash of the master.
  package let master: SHA256Hash

  package init(
    content: Handle, deliveryServer: PartyName, master: SHA256Hash
  ) {
    self.content = content
    self.deliveryServer = deliveryServer
    self.master = master
  }

  package init(_ fields: inout FieldReader) throws {
    content = try fields.handle("content")
    deliveryServer = try fields.value("delivery-server", PartyName.init)
    master = try fields.hash("master")
  }

  package var canonical: CanonicalValue {
    .object([
      "content": .string("\(content)"),
      "delivery-server": .string("\(deliveryServer)"),
      "master": .string(master.base64),
    ])
  }

  package var terms: [Term] {
    [Term(.content, "\(content)"), Term(.placement, "\(content)")]
  }
}

/// A delivery server has given up a master.
package struct Evicted: EventBody {
  package static let kind = EventKind.evicted

  package let content: Handle
  package let deliveryServer: PartyName

  package init(
    content: Handle, deliveryServer: PartyName
  ) {
    self.content = content
    self.deliveryServer = deliveryServer
  }

  package init(_ fields: inout FieldReader) throws {
    content = try fields.handle("content")
    deliveryServer = try fields.value("delivery-server", PartyName.init)
  }

  package var canonical: CanonicalValue {
    .object([
      "content": .string("\(content)"),
      "delivery-server": .string("\(deliveryServer)"),
    ])
  }

  package var terms: [Term] {
    [Term(.content, "\(content)"), Term(.placement, "\(content)")]
  }
}
