import Distribution
import Ledger
import MarkKeys
import Trade

/// Decides whether a home server or shop may take a parcel, by what the ledger says of its order and copies.
struct ParcelCheck {
  private let line: SignedLine
  private let parcel: Parcel
  private let facts: Facts
  private let here: Facts.Party

  private var ordered: Ordered { parcel.order.ordered }

  /// - Parameters:
  ///   - line: the manifest as it was signed.
  ///   - parcel: what it says.
  ///   - facts: the ledger.
  ///   - here: the home server or shop.
  init(_ line: SignedLine, _ parcel: Parcel, _ facts: Facts, here: Facts.Party) {
    self.line = line
    self.parcel = parcel
    self.facts = facts
    self.here = here
  }

  /// Checks who has signed it, for whom it is, and that each copy was marked so: all that can be
  /// known before its bytes are there.
  ///
  /// - Throws: `IntakeFault`, `DeliveryFault`, or what the ledger throws.
  func checkManifest() throws {
    let id = ordered.order
    guard let signer = try facts.party("\(line.author)"), let key = signer.key, !signer.isRevoked,
      signer.role == .deliveryServer
    else { throw IntakeFault.unknownAuthor(line.author) }
    guard line.isSigned(with: key) else { throw IntakeFault.forged(id, line.author) }
    guard ordered.deliveryServer == signer.name else {
      throw DeliveryFault.otherServer(id, ordered.deliveryServer, signer.name)
    }
    guard let outlet = ordered.outlet, outlet == here.name else {
      throw IntakeFault.otherOutlet(id, ordered.outlet ?? ordered.user, here.name)
    }
    try ordered.check(in: facts)
    for item in parcel.items { try check(item, from: signer) }
    for item in parcel.order.items { try check(item) }
  }

  private func check(_ item: Parcel.Item, from server: Facts.Party) throws {
    let entries = DeliveryIdentifiers(order: ordered.order)
    let entry = try facts.entry(entries.entry(item.content, .marking))
    guard let marking = entry?.event.body as? Marking, entry?.author == server.name,
      marking.order == ordered.order, marking.content == item.content,
      marking.user == ordered.user, marking.outlet == here.name, marking.serial == item.serial,
      marking.message == item.message,
      DeliveryIdentity(item.message).outlet == Int(here.number)
    else { throw IntakeFault.otherMarking(ordered.order, item.content) }
  }

  /// The delivery server vouches for the prices here, not the content server whose they are.
  private func check(_ item: Order.Item) throws {
    var ids: [Handle] = []
    try facts.visit(Term(.order, "\(ordered.order)"), kinds: [.ordered]) { id, event in
      if event.body as? Ordered == ordered { ids.append(id) }
    }
    let isPrice = try ids.contains { id in
      guard let entry = try facts.entry(id) else { return false }
      let tariff = try facts.title(item.content, before: entry.index)?.tariff
      return tariff?.currency == item.currency && tariff?.taxRate == item.taxRate
        && tariff?.prices[ordered.use] == item.price
    }
    if !isPrice { throw IntakeFault.otherPrice(ordered.order, item.content) }
  }

  /// Checks that the delivery server has said, after its last byte, that it delivered these copies.
  ///
  /// - Throws: `IntakeFault.notDelivered`, or what the ledger throws.
  func checkDelivered() throws {
    let entries = DeliveryIdentifiers(order: ordered.order)
    for item in parcel.items {
      let entry = try facts.entry(entries.entry(item.content, .delivered))
      guard let delivered = entry?.event.body as? Delivered, entry?.author == line.author,
        delivered.serial == item.serial, delivered.bytes == item.bytes,
        delivered.hash == nil || delivered.hash == item.hash
      else { throw IntakeFault.notDelivered(ordered.order, item.content) }
    }
  }
}
