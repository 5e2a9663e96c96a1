package import Ledger
import Trade

extension OrderWish {
  /// Reads a line of a batch: canonical JSON with the members `user` and `contents`, and where they
  /// are wanted `id`, `home` or `shop` and `medium`, `use`, `server` and `expires`.
  ///
  /// - Throws: `CanonicalFault`, `FieldFault`, `ExpiryError` or `OrderFault`.
  package init(line: UnsafeRawBufferPointer) throws {
    let text = CanonicalText()
    var fields = try FieldReader(text.read(line), called: "line")
    let contents = try fields.list("contents") { node, name in
      guard let text = node.string else { throw FieldFault.notOfType(name, "a text") }
      return try Handle(text)
    }
    let expires = try fields.optionalString("expires")
    let home = try fields.optionalValue("home", PartyName.init)
    let order = try fields.optionalValue("id", Handle.init)
    let medium: Medium? =
      fields.optionalIsPresent("medium") ? try fields.word("medium") : nil
    let server = try fields.optionalValue("server", PartyName.init)
    let shop = try fields.optionalValue("shop", PartyName.init)
    let use: PriceUnit = fields.optionalIsPresent("use") ? try fields.word("use") : .purchase
    let user = try fields.value("user", PartyName.init)
    try fields.finish()
    if home != nil, shop != nil { throw FieldFault.bad("shop", "there is a home server too") }
    if shop != nil, medium == nil { throw FieldFault.missing("medium") }
    if shop == nil, medium != nil { throw FieldFault.missing("shop") }
    var destination = Destination.straight
    if let home { destination = .home(home) }
    if let shop, let medium { destination = .shop(shop, medium) }
    try self.init(
      order: order ?? Self.nameByChance(), user: user, contents: contents,
      destination: destination, use: use, server: server, expiry: expires.map { try Expiry($0) })
  }

  /// A name that no other order has: 128 bits by chance.
  package static func nameByChance() throws -> Handle {
    var text = ""
    var random = SystemRandomNumberGenerator()
    for _ in 0..<32 { text += String(Int.random(in: 0..<16, using: &random), radix: 16) }
    return try Handle(text)
  }
}
