import CommandLineSupport
import Distribution
import Ledger
import MarkKeys
import Trade

extension Report {
  /// Whether a copy is the one of a receipt.
  func receipt(_ check: ReceiptCheck, _ ground: ReceiptCheck.Ground?, file: String) throws {
    let marking = check.receipt.marking
    let signer = check.receipt.isSelfSigned ? "delivery-server" : "ledger"
    var words: [(name: String, value: String)] = [
      ("user", "\(marking.user)"), ("order", "\(marking.order)"),
      ("content", "\(marking.content)"), ("delivery_server", "\(marking.deliveryServer)"),
      ("content_server", "\(marking.contentServer)"),
    ]
    if let outlet = marking.outlet { words.append(("outlet", "\(outlet)")) }
    words.append(("time", "\(check.time)"))
    switch style {
    case .silent: break
    case .json:
      var members: [(name: String, value: JSONValue)] = [
        ("type", "receipt"), ("file", .string(file)),
        ("matches", .bool(ground != nil)),
      ]
      if let ground { members.append(("by", .string(ground.rawValue))) }
      members += words.map { ($0.name, .string($0.value)) }
      members += [
        ("entry", .integer(check.index)), ("message", .string("\(marking.message)")),
        ("checkpoint_by", .string(signer)),
      ]
      try output.writeLine(.object(members))
    case .text:
      guard let ground else {
        return try output.writeLine("\(Self.printable(file)): not the copy of the receipt")
      }
      let text = words.map { "\($0.name)=\($0.value)" }.joined(separator: " ")
      try output.writeLine(
        "\(Self.printable(file)): \(text) entry=\(check.index) by=\(ground.rawValue) "
          + "checkpoint_by=\(signer)")
    }
  }
}
