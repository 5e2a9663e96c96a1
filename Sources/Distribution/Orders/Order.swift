package import Ledger
package import Signing
package import Trade

/// What a content server tells a delivery server to do: who gets which titles, how, and at what
/// price (signal 4, and with it signal 5).
package struct Order: Sendable, Equatable {
  /// A title of the order and its terms at that time.
  package struct Item: Sendable, Equatable {
    package let content: Handle
    /// The hash of the master it is to be made of.
    package let master: SHA256Hash
    package let currency: Currency
    /// Before tax, for one unit of the order's use.
    package let price: MinorUnits
    package let taxRate: TaxRate

    package init(
      content: Handle, master: SHA256Hash, currency: Currency, price: MinorUnits, taxRate: TaxRate
    ) {
      self.content = content
      self.master = master
      self.currency = currency
      self.price = price
      self.taxRate = taxRate
    }
  }

  /// Who, what, through whom and until when; what the ledger's `ordered` says.
  package let ordered: Ordered
  /// The titles in the order of `ordered.contents`.
  package let items: [Item]

  /// - Throws: `FieldFault.bad` when items and contents differ.
  package init(_ ordered: Ordered, items: [Item]) throws {
    guard items.map(\.content) == ordered.contents else {
      throw FieldFault.bad("items", "they are not the contents of the order")
    }
    self.ordered = ordered
    self.items = items
  }

  /// Signs the order.
  package func signed(by author: PartyName, with key: SigningKey) -> SignedLine {
    SignedLine(.order, by: author, body: canonical, key: key)
  }

  /// Reads an order line; its signature is still to be checked.
  ///
  /// - Throws: `CanonicalFault` or `FieldFault`.
  package static func read(_ bytes: UnsafeRawBufferPointer) throws
    -> (line: SignedLine, order: Order)
  {
    let (line, order) = try SignedLine.read(bytes, .order) { try Order(&$0) }
    return (line, order)
  }

  init(_ fields: inout FieldReader) throws {
    let items = try fields.list("items") { node, name in
      var fields = try FieldReader(node, called: name)
      let content = try fields.value("content", Handle.init)
      let currency = try fields.value("currency", Currency.init)
      guard let master = SHA256Hash(base64: try fields.string("master")) else {
        throw FieldFault.notOfType("master", "a SHA-256 hash in base64")
      }
      let price = try MinorUnits(fields.integer("price"))
      let taxRate = try fields.integer("tax-rate", in: 0...Int64(TaxRate.largest))
      try fields.finish()
      return try Item(
        content: content, master: master, currency: currency, price: price,
        taxRate: TaxRate(basisPoints: Int(taxRate)))
    }
    var terms = try FieldReader(fields.required("terms"), called: "terms")
    let ordered = try Ordered(&terms)
    try terms.finish()
    try self.init(ordered, items: items)
  }

  var canonical: CanonicalValue {
    .object([
      "items": .array(
        items.map { item in
          .object([
            "content": .string("\(item.content)"), "currency": .string("\(item.currency)"),
            "master": .string(item.master.base64), "price": .integer(item.price.value),
            "tax-rate": .integer(Int64(item.taxRate.basisPoints)),
          ])
        }), "terms": ordered.canonical,
    ])
  }
}
