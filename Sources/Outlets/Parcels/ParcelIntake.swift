package import CommandLineSupport
import Distribution
import Ledger
import MarkKeys
import Signing
import Trade

/// Takes parcels (signals 12 and 19): whole, verified and sealed, or not at all.
package struct ParcelIntake {
  private let books: OutletBooks

  package init(_ books: OutletBooks) { self.books = books }

  /// Stores the parcel of a stream.
  ///
  /// The bytes are sealed as they come, into a folder that gets its name when all of them are there,
  /// their hashes are right, and the ledger says that they were delivered. What is held already is
  /// left as it is.
  ///
  /// - Parameters:
  ///   - file: the stream, which is read to its end.
  ///   - record: what is said of the holding before anybody else can have it.
  /// - Returns: the holding.
  /// - Throws: `IntakeFault`, `DeliveryFault`, `TarFault`, `ParcelFault`, `SystemError`, or as
  ///   `LedgerLog.append`.
  package func store(
    _ file: FileDescriptor, record: (Holding) throws -> Void = { _ in }
  ) throws -> Holding {
    let reader = try ParcelReader(file)
    let order = reader.parcel.order.ordered.order
    try books.log.refresh()
    try check(reader).checkManifest()
    let lock = try books.store.lock(order)
    defer { withExtendedLifetime(lock) {} }
    try books.log.refresh()
    if let cause = try books.deletion(of: order) { throw IntakeFault.gone(order, cause) }
    let holding = try held(reader) ?? receive(reader)
    try record(holding)
    return holding
  }

  private func check(_ reader: ParcelReader) throws -> ParcelCheck {
    try ParcelCheck(reader.line, reader.parcel, books.log.facts, here: books.here())
  }

  /// The holding of the same parcel, if it is here and whole; the rest of the stream is passed over.
  private func held(_ reader: ParcelReader) throws -> Holding? {
    let order = reader.parcel.order.ordered
    let stored = try books.log.facts.entry(
      DeliveryIdentifiers(order: order.order).entry(.stored))
    if let stored = stored?.event.body as? Stored, stored.parcel != reader.identity {
      throw IntakeFault.otherParcel(order.order)
    }
    guard FileStatus(path: books.store.folder(of: order.order)) != nil else {
      if order.expires < books.author.clock(), stored == nil {
        throw IntakeFault.expired(order.order, order.expires)
      }
      return nil
    }
    do {
      let holding = try books.store.holding(order.order)
      guard holding.identity == reader.identity else {
        throw IntakeFault.otherParcel(order.order)
      }
      guard holding.isHeld else { throw HoldingFault.ended(order.order) }
      try holding.verify()
      try reader.unpack { _, _ in { _ in } }
      return holding
    } catch HoldingFault.damaged {
      // What comes is as good as what was stored: the ledger vouches for both.
      try books.store.discard(order.order)
      return nil
    }
  }

  private func receive(_ reader: ParcelReader) throws -> Holding {
    let order = reader.parcel.order.ordered.order
    let path = books.store.folder(of: order)
    try books.store.removeLeavings(of: order)
    let folder = try OutputFolder(path)
    let key = Secret.random()
    try reader.unpack { item, number in
      let file = try folder.create(Holding.sealedName(number), isSecret: true)
      let writer = SealedWriter(
        file, Seal(key, parcel: reader.identity, number: number, byteCount: item.bytes))
      return { try writer.write($0) }
    }
    try books.log.refresh()
    try check(reader).checkDelivered()
    try write(reader.line.bytes, to: folder.create(Holding.manifestName))
    try write(Array("\(books.author.clock())".utf8), to: folder.create(Holding.sinceName))
    let reserve = try folder.create(Holding.nextEndingName, isSecret: true)
    try Holding.reserve.withUnsafeBytes { try reserve.write($0) }
    // Last, so that the key of what is not stored was never on the disk.
    try HoldingKey.write(key, to: folder.create(Holding.keyName, isSecret: true))
    try folder.finish()
    return try books.store.holding(order)
  }

  private func write(_ bytes: [UInt8], to file: FileDescriptor) throws {
    try (bytes + [UInt8(ascii: "\n")]).withUnsafeBytes { try file.write($0) }
  }
}
