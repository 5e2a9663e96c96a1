import CommandLineSupport
import Ledger
import Signing
import TransparencyLog

/// What is printed about a ledger; the words before `=` and the names of members are an interface.
struct Finding {
  /// The ledger or proof.
  let subject: String
  let isJSON: Bool
  let isQuiet: Bool

  /// All is well.
  func verified(_ verified: LedgerVerifier.Verified) throws {
    let head = verified.head
    try say(
      [
        "type": "verified", "file": .string(subject), "origin": .string("\(verified.origin)"),
        "entries": .integer(Int64(head.size)), "root": .string(head.root.base64),
        "torn_bytes": .integer(Int64(verified.tornBytes)),
        "backward_clocks": .array(verified.backwardClocks.map { .integer($0) }),
      ], "verified entries=\(head.size) root=\(head.root.base64) origin=\(verified.origin)")
  }

  /// Something is wrong.
  func fault(_ fault: VerificationFault) throws {
    var members: [(name: String, value: JSONValue)] = [
      ("type", "fault"), ("file", .string(subject)),
    ]
    if case .entry(let index, _) = fault { members.append(("entry", .integer(index))) }
    members.append(("reason", .string(fault.description)))
    try say(.object(members), fault.description)
  }

  /// A line of text or JSON.
  func say(_ json: JSONValue, _ text: String) throws {
    if isQuiet { return }
    if isJSON { return try StandardOutput().writeLine(json) }
    try StandardOutput().writeLine("\(subject): \(text)")
  }
}
