import Ledger
import Trade

/// The entries that follow when copies have left (signals 8 to 10).
///
/// What goes to a home server is reported and billed by it (after signal 14), what goes to a shop by
/// the shop (signals 20 and 21).
struct DeliveryRecords {
  private let facts: Facts
  private let here: PartyName

  init(_ facts: Facts, _ here: PartyName) {
    self.facts = facts
    self.here = here
  }

  /// The entries for copies, of which those that are there already are left out.
  func drafts(_ written: [(job: CopyJob, copy: WrittenCopy)]) throws -> [Draft] {
    var drafts: [Draft] = []
    var start = 0
    while start < written.count {
      let id = written[start].job.order.ordered.order
      let end =
        written[start...].firstIndex { $0.job.order.ordered.order != id } ?? written.endIndex
      drafts += try self.drafts(ofOrder: written[start..<end])
      start = end
    }
    return drafts
  }

  private func drafts(
    ofOrder written: ArraySlice<(job: CopyJob, copy: WrittenCopy)>
  ) throws -> [Draft] {
    guard let order = written.first?.job.order else { return [] }
    let ordered = order.ordered
    let entries = DeliveryIdentifiers(order: ordered.order)
    var drafts: [Draft] = []
    for (job, copy) in written {
      let id = try entries.entry(job.item.content, .delivered)
      // Sent again: the first time stands.
      if try facts.entry(id) != nil { continue }
      drafts.append(
        Draft(
          id: id,
          Delivered(
            order: ordered.order, content: job.item.content, user: ordered.user,
            contentServer: ordered.contentServer, serial: job.marking.serial, bytes: copy.bytes,
            hash: copy.hash)))
    }
    if ordered.outlet != nil || drafts.isEmpty { return drafts }
    for item in order.items {
      drafts.append(
        Draft(
          id: try entries.entry(item.content, .reported),
          Reported(
            order: ordered.order, content: item.content, user: ordered.user,
            contentServer: ordered.contentServer, matter: .delivery,
            fee: try charge(item, ordered.use).gross.value, currency: item.currency)))
    }
    return try drafts + bills(order)
  }

  /// A bill for each currency, if there is anything to pay.
  private func bills(_ order: Order) throws -> [Draft] {
    let ordered = order.ordered
    let currencies = Set(order.items.map(\.currency)).sorted { "\($0)" < "\($1)" }
    return try currencies.compactMap { currency in
      let lines = try order.items.filter { $0.currency == currency }.map { item in
        let charge = try charge(item, ordered.use)
        return try BillLine(
          purpose: .content, content: item.content, quantity: 1, unit: unit(ordered.use),
          unitPrice: charge.unitPrice.value, tax: charge.tax.value)
      }.filter { $0.gross > 0 }
      if lines.isEmpty { return nil }
      return Draft(
        id: try DeliveryIdentifiers(order: ordered.order).bill(
          currencies.count > 1 ? "\(currency)" : nil),
        Billed(
          payer: PartyReference(.user, ordered.user),
          payee: PartyReference(.contentServer, ordered.contentServer), currency: currency,
          lines: lines, order: ordered.order))
    }
  }

  private func charge(_ item: Order.Item, _ use: PriceUnit) throws -> ChargeLine {
    try Tariff(currency: item.currency, taxRate: item.taxRate, prices: [use: item.price])
      .charge(1, use)
  }

  private func unit(_ use: PriceUnit) -> BillUnit { BillUnit(rawValue: use.rawValue) ?? .purchase }
}
