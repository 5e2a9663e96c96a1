package import Trade

/// A user has asked for content and a delivery server was named (signals 3 and 4).
package struct Ordered: EventBody {
  package static let kind = EventKind.ordered

  package let order: Handle
  package let user: PartyName
  /// The titles, at least one.
  package let contents: [Handle]
  package let contentServer: PartyName
  package let deliveryServer: PartyName
  /// The home server or shop; none when delivered straight.
  package let outlet: PartyName?
  /// What a shop writes on.
  package let medium: Medium?
  /// What is paid for.
  package let use: PriceUnit
  /// When the order is no longer good.
  package let expires: UTCTime

  package init(
    order: Handle, user: PartyName, contents: [Handle], contentServer: PartyName,
    deliveryServer: PartyName, outlet: PartyName? = nil, medium: Medium? = nil, use: PriceUnit,
    expires: UTCTime
  ) {
    self.order = order
    self.user = user
    self.contents = contents
    self.contentServer = contentServer
    self.deliveryServer = deliveryServer
    self.outlet = outlet
    self.medium = medium
    self.use = use
    self.expires = expires
  }

  package init(_ fields: inout FieldReader) throws {
    contentServer = try fields.value("content-server", PartyName.init)
    contents = try fields.contents()
    deliveryServer = try fields.value("delivery-server", PartyName.init)
    expires = try fields.value("expires", UTCTime.init)
    medium = try fields.optionalWord("medium")
    order = try fields.handle("order")
    outlet = try fields.optionalValue("outlet", PartyName.init)
    use = try fields.word("use")
    if use == .medium { throw FieldFault.bad("use", "an order is not for a medium alone") }
    user = try fields.value("user", PartyName.init)
  }

  package var canonical: CanonicalValue {
    .object([
      "content-server": .string("\(contentServer)"),
      "contents": .array(contents.map { .string("\($0)") }),
      "delivery-server": .string("\(deliveryServer)"),
      "expires": .string("\(expires)"),
      "medium": .text(medium?.rawValue),
      "order": .string("\(order)"),
      "outlet": .text(outlet?.description),
      "use": .string(use.rawValue),
      "user": .string("\(user)"),
    ])
  }

  package var terms: [Term] {
    [Term(.order, "\(order)"), Term(.user, "\(user)")]
      + contents.map { Term(.content, "\($0)") }
  }
}

extension FieldReader {
  /// The titles of an order.
  fileprivate mutating func contents() throws -> [Handle] {
    let contents = try list("contents") { node, name in
      guard let text = node.string else { throw FieldFault.notOfType(name, "a text") }
      do { return try Handle(text) } catch let error as HandleError {
        throw FieldFault.bad(name, error.description)
      }
    }
    if contents.isEmpty { throw FieldFault.bad("contents", "an order has at least one title") }
    if Set(contents).count < contents.count {
      throw FieldFault.bad("contents", "a title stands there twice")
    }
    return contents
  }

  /// One of the raw values of an enumeration, which may be missing.
  mutating func optionalWord<Word: RawRepresentable & CaseIterable>(
    _ name: StaticString
  ) throws -> Word? where Word.RawValue == String {
    optionalIsPresent(name) ? try word(name) : nil
  }
}
