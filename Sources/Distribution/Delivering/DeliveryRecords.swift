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
    let charges = OrderCharges(order, quantities: order.items.map { _ in 1 })
    return try drafts + charges.reports(.delivery) + charges.bills()
  }
}
