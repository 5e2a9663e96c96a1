import CommandLineSupport
import Ledger
import Signing
import Trade

extension Draft {
  /// The members body, id and kind.
  var canonical: CanonicalValue {
    .object([
      "body": event.body.canonical, "id": .string("\(id)"), "kind": .string(event.kind.rawValue),
    ])
  }

  /// The receipt, and what it is for.
  func report(_ receipt: Receipt) -> JSONValue {
    var members: [(name: String, value: JSONValue)] = [
      ("type", "receipt"), ("id", .string("\(id)")), ("index", .integer(receipt.index)),
      ("time", .string("\(receipt.time)")), ("leaf", .string(receipt.leaf.base64)),
      ("replay", .bool(receipt.isReplay)), ("kind", .string(event.kind.rawValue)),
    ]
    switch event.body {
    case let payment as Payment:
      if let reverses = payment.reverses {
        members.append(("reverses", .string("\(reverses)")))
      }
      members.append(("splits", .array(payment.splits.map(\.report))))
    case let note as Billed:
      if let reverses = note.reverses { members.append(("reverses", .string("\(reverses)"))) }
      members.append(("amount", .integer(note.amount)))
    default: break
    }
    return .object(members)
  }

  /// What was recorded, for people.
  func notes(_ receipt: Receipt) -> [String] {
    if receipt.isReplay {
      return ["\(quoted("\(id)")) was recorded before: entry \(receipt.index)"]
    }
    var notes = ["\(quoted("\(id)")) is entry \(receipt.index)"]
    switch event.body {
    case let payment as Payment:
      let verb = payment.reverses == nil ? "paid" : "gave back"
      for split in payment.splits {
        let amount = money(split.amount, payment.currency)
        let target = split.bill.map { "the bill \(quoted("\($0)"))" } ?? split.purpose.rawValue
        notes.append("\(verb) \(amount) for \(target)")
      }
    case let note as Billed:
      let bill = note.reverses.map { quoted("\($0)") } ?? ""
      notes.append("credited \(money(note.amount, note.currency)) of the bill \(bill)")
    default: break
    }
    return notes
  }
}

extension PaymentSplit {
  fileprivate var report: JSONValue {
    var members: [(name: String, value: JSONValue)] = [
      ("purpose", .string(purpose.rawValue)), ("amount", .integer(amount)),
    ]
    if tax > 0 { members.append(("tax", .integer(tax))) }
    if let bill { members.append(("bill", .string("\(bill)"))) }
    if let debtor { members.append(("debtor", .string("\(debtor)"))) }
    return .object(members)
  }
}
