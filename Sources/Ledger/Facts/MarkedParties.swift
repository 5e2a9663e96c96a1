package import MarkKeys

/// The parties whose numbers a copy's mark carries.
package struct MarkedParties {
  let contentServer: Facts.Party
  let deliveryServer: Facts.Party
  let outlet: Facts.Party?
  let user: Facts.Party

  package init(
    contentServer: Facts.Party, deliveryServer: Facts.Party, outlet: Facts.Party?,
    user: Facts.Party
  ) {
    self.contentServer = contentServer
    self.deliveryServer = deliveryServer
    self.outlet = outlet
    self.user = user
  }

  /// The message of a delivery with a serial.
  ///
  /// - Throws: `MessageError` for a serial of more than 32 bits.
  package func message(serial: Int64) throws -> Message {
    try DeliveryIdentity(
      contentServer: Int(contentServer.number), deliveryServer: Int(deliveryServer.number),
      outlet: Int(outlet?.number ?? 0), user: Int(user.number), serial: Int(serial)
    ).message
  }
}
