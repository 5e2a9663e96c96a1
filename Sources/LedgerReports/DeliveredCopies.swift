import Ledger
import Trade

/// Copies that were marked, folded from the entries about them.
struct DeliveredCopies {
  /// An entry about a copy or an order.
  struct Step: Sendable {
    let index: Int64
    let time: UTCTime
    let event: Event
  }

  /// A copy.
  struct Copy {
    /// The entry of its marking.
    let entry: Int64
    let marked: UTCTime
    let marking: Marking
    /// When its last byte had left; nil when that was never said.
    var delivered: UTCTime?
    var bytes: Int64?
    /// When the last of each happened to the order.
    var times = OrderTimes()

    /// What was said last, in a word.
    var state: String {
      if times.collected != nil { return "collected" }
      if times.posted != nil { return "posted" }
      if times.handedOver != nil { return "handed-over" }
      if times.viewed != nil { return "viewed" }
      if times.burned != nil { return "burned" }
      if times.deleted != nil { return "deleted" }
      if times.stored != nil { return "stored" }
      return delivered == nil ? "marked" : "delivered"
    }
  }

  /// What happens to all copies of an order at once.
  struct OrderTimes {
    var stored: UTCTime?
    var handedOver: UTCTime?
    var viewed: UTCTime?
    var burned: UTCTime?
    var collected: UTCTime?
    var posted: UTCTime?
    var deleted: UTCTime?
  }

  private struct Serial: Hashable {
    let contentServer: PartyName
    let serial: Int64
  }

  private var copies: [Copy] = []
  private var bySerial: [Serial: Int] = [:]
  private var orders: [Handle: OrderTimes] = [:]

  /// The copies in the order of their markings.
  var all: [Copy] {
    copies.map { copy in
      var copy = copy
      copy.times = orders[copy.marking.order] ?? OrderTimes()
      return copy
    }
  }

  /// Takes the next entry; those about copies that are not wanted have no effect.
  mutating func add(_ step: Step) {
    let time = step.time
    switch step.event.body {
    case let marking as Marking:
      bySerial[Serial(contentServer: marking.contentServer, serial: marking.serial)] =
        copies.count
      copies.append(Copy(entry: step.index, marked: time, marking: marking))
      if orders[marking.order] == nil { orders[marking.order] = OrderTimes() }
    case let delivered as Delivered:
      let serial = Serial(contentServer: delivered.contentServer, serial: delivered.serial)
      guard let place = bySerial[serial] else { return }
      copies[place].delivered = time
      copies[place].bytes = delivered.bytes
    case let stored as Stored: orders[stored.order]?.stored = time
    case let handed as HandedOver: orders[handed.order]?.handedOver = time
    case let viewed as Viewed: orders[viewed.order]?.viewed = time
    case let burned as Burned: orders[burned.order]?.burned = time
    case let collected as Collected: orders[collected.order]?.collected = time
    case let posted as Posted: orders[posted.order]?.posted = time
    case let deleted as Deleted: orders[deleted.order]?.deleted = time
    default: break
    }
  }
}
