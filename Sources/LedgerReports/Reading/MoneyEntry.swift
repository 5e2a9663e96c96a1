import Ledger
import Trade

/// An entry that moves money.
struct MoneyEntry: Sendable {
  /// The number of the entry, from 0.
  let index: Int64
  let time: UTCTime
  let id: Handle
  /// Its body is `Billed` or `Payment`.
  let event: Event

  /// Takes an entry, nil when it is of another kind; others are not even decoded.
  ///
  /// - Throws: `FieldFault` or `HandleError`.
  init?(_ head: EntryHead) throws {
    guard head.kind == .billed || head.kind == .payment else { return nil }
    index = head.index
    time = head.time
    id = try Handle(head.id.string ?? "")
    event = try head.event()
  }

  var billed: Billed? { event.body as? Billed }
  var payment: Payment? { event.body as? Payment }

  /// The currency of all it moves.
  var currency: Currency? { billed?.currency ?? payment?.currency }

  /// What happened, in a few words.
  var title: String {
    switch event.body {
    case let bill as Billed: bill.reverses.map { "credit note for \($0)" } ?? "bill \(id)"
    case let payment as Payment: payment.reverses.map { "refund of \($0)" } ?? "payment \(id)"
    default: ""
    }
  }
}
