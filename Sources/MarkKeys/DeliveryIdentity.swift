/// Whom a delivered copy was made for: the fields of a delivery's message.
///
/// Most significant first: 16 bits content server, 16 delivery server, 16 outlet, 48 user,
/// 32 serial. All 2^128 messages are valid identities.
package struct DeliveryIdentity: Sendable, Hashable {
  /// The number of the content server, 16 bits.
  package let contentServer: Int
  /// The number of the delivery server, 16 bits.
  package let deliveryServer: Int
  /// The number of the home server or shop, 16 bits; 0 when delivered straight.
  package let outlet: Int
  /// The number of the user, 48 bits.
  package let user: Int
  /// The serial number of the delivery, 32 bits, unique for its content server.
  package let serial: Int

  /// - Throws: `MessageError.outOfRange` for a number that does not fit its field.
  package init(
    contentServer: Int, deliveryServer: Int, outlet: Int, user: Int, serial: Int
  ) throws {
    let fields = [
      ("content-server number", contentServer, 16), ("delivery-server number", deliveryServer, 16),
      ("outlet number", outlet, 16), ("user number", user, 48), ("delivery serial", serial, 32),
    ]
    for (field, value, bits) in fields where value < 0 || value >> bits != 0 {
      throw MessageError.outOfRange(field: field, value: value, bits: bits)
    }
    self.contentServer = contentServer
    self.deliveryServer = deliveryServer
    self.outlet = outlet
    self.user = user
    self.serial = serial
  }

  /// Reads the fields of a message.
  package init(_ message: Message) {
    contentServer = Int(message.high >> 48)
    deliveryServer = Int(message.high >> 32 & 0xFFFF)
    outlet = Int(message.high >> 16 & 0xFFFF)
    user = Int((message.high & 0xFFFF) << 32 | message.low >> 32)
    serial = Int(message.low & 0xFFFF_FFFF)
  }

  /// The message that carries these fields.
  package var message: Message {
    Message(
      high: UInt64(contentServer) << 48 | UInt64(deliveryServer) << 32 | UInt64(outlet) << 16
        | UInt64(user) >> 32,
      low: UInt64(user) << 32 | UInt64(serial))
  }
}
