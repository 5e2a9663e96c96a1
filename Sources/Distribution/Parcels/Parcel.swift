package import Ledger
package import MarkKeys
package import Signing
package import Trade

/// What a parcel for a home server or shop holds, and for whom: its first file, `manifest.json`.
package struct Parcel: Sendable, Equatable {
  /// A copy in the parcel.
  package struct Item: Sendable, Equatable {
    package let content: Handle
    /// The name of its file in the parcel.
    package let file: String
    package let bytes: Int64
    package let hash: SHA256Hash
    package let serial: Int64
    package let message: Message
    package let title: String?
    package let artist: String?

    package init(
      content: Handle, file: String, bytes: Int64, hash: SHA256Hash, serial: Int64,
      message: Message, title: String?, artist: String?
    ) {
      self.content = content
      self.file = file
      self.bytes = bytes
      self.hash = hash
      self.serial = serial
      self.message = message
      self.title = title
      self.artist = artist
    }
  }

  /// The order, with the home server or shop it names, and its terms.
  package let order: Order
  /// The copies in the order of their files.
  package let items: [Item]

  package init(order: Order, items: [Item]) {
    self.order = order
    self.items = items
  }

  /// The name of the first file.
  package static let manifestName = "manifest.json"

  /// The manifest, signed by the delivery server.
  package func signed(by author: PartyName, with key: SigningKey) -> SignedLine {
    SignedLine(.parcel, by: author, body: canonical, key: key)
  }

  /// Reads a manifest without its line feed; its signature is still to be checked.
  ///
  /// - Throws: `CanonicalFault` or `FieldFault`.
  package static func read(_ bytes: UnsafeRawBufferPointer) throws
    -> (line: SignedLine, parcel: Parcel)
  {
    let (line, parcel) = try SignedLine.read(bytes, .parcel) { try Parcel(&$0) }
    return (line, parcel)
  }

  private init(_ fields: inout FieldReader) throws {
    let items = try fields.list("files") { node, name in
      var fields = try FieldReader(node, called: name)
      guard let hash = SHA256Hash(base64: try fields.string("hash")) else {
        throw FieldFault.notOfType("hash", "a SHA-256 hash in base64")
      }
      let item = try Item(
        content: fields.value("content", Handle.init), file: fields.string("file"),
        bytes: fields.integer("bytes"), hash: hash,
        serial: fields.integer("serial", in: 0...0xFFFF_FFFF),
        message: fields.value("message", Message.init(hexadecimal:)),
        title: fields.optionalWords("title"), artist: fields.optionalWords("artist"))
      try fields.finish()
      guard (1...64).contains(item.file.utf8.count), item.file.utf8.allSatisfy(Self.isOfName),
        item.file.utf8.first != UInt8(ascii: "."), item.file != Self.manifestName
      else { throw FieldFault.bad("file", "not a name of letters, digits and dots") }
      return item
    }
    var members = try FieldReader(fields.required("order"), called: "order")
    let order = try Order(&members)
    try members.finish()
    guard items.map(\.content) == order.ordered.contents, order.ordered.outlet != nil,
      Set(items.map(\.file)).count == items.count
    else { throw FieldFault.bad("files", "they are not the contents of the order") }
    self.init(order: order, items: items)
  }

  private static func isOfName(_ unit: UInt8) -> Bool {
    switch unit {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "."), UInt8(ascii: "-"):
      true
    default: false
    }
  }

  private var canonical: CanonicalValue {
    .object([
      "files": .array(
        items.map { item in
          .object([
            "artist": .text(item.artist), "bytes": .integer(item.bytes),
            "content": .string("\(item.content)"), "file": .string(item.file),
            "hash": .string(item.hash.base64), "message": .string("\(item.message)"),
            "serial": .integer(item.serial), "title": .text(item.title),
          ])
        }), "order": order.canonical,
    ])
  }
}
