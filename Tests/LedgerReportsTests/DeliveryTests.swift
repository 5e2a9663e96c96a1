import MarkKeys
import Testing
import _TestSupport

/// A row for each copy that was marked.
@Suite struct DeliveryTests {
  /// Two copies of alice's order, the first of which never left, and one of bob's.
  private static func lines() throws -> [String] {
    func marking(_ serial: Int, _ order: String, _ user: String, _ number: Int) throws -> String {
      let message = try DeliveryIdentity(
        contentServer: 1, deliveryServer: 2, outlet: 0, user: number, serial: serial
      ).message
      return #"{"body":{"content":"t1","content-server":"cs","delivery-server":"cs-ds","message":""#
        + #"\#(message)","order":"\#(order)","serial":\#(serial),"user":"\#(user)"},"#
        + #""id":"m\#(serial)","kind":"marking"}"#
    }
    return try [
      marking(1, "o1", "alice", 1), marking(2, "o1", "alice", 1), marking(3, "o2", "bob", 2),
    ]
  }

  private func tool() throws -> ReportTool {
    let tool = try ReportTool()
    // Only a delivery server writes markings, so it gets a key.
    let made = try tool.run("wm-keygen --signing --name cs-ds -o ds.key; wm-keygen --public ds.key")
    let key = made.text.split(separator: "\n").last ?? ""
    let enrolled =
      #"{"body":{"key":"\#(key)","number":2,"party":"cs-ds","role":"delivery-server"},"#
      + #""id":"e9","kind":"enrolled"}"#
    try tool.folder.write("enrolled", Array(enrolled.utf8))
    let markings = try Self.lines().map { $0 }.joined(separator: "\n")
    let delivered = [(2, "o1", "alice", 900), (3, "o2", "bob", 800)].map {
      serial, order, user, size in
      #"{"body":{"bytes":\#(size),"content":"t1","content-server":"cs","order":"\#(order)","#
        + #""serial":\#(serial),"user":"\#(user)"},"id":"d\#(serial)","kind":"delivered"}"#
    }
    let deleted =
      #"{"body":{"cause":"expired","order":"o2","place":"cs-ds"},"id":"x2","kind":"deleted"}"#
    try tool.folder.write(
      "steps", Array((markings + "\n" + (delivered + [deleted]).joined(separator: "\n")).utf8))
    let appended = try tool.run(
      """
      _ledger-append --ledger ledger --as cs --signing-key cs.key --silent enrolled &&
      _ledger-append --ledger ledger --as cs-ds --signing-key ds.key --silent steps
      """)
    guard appended.status == 0 else { throw TestFailure(appended.errors) }
    return tool
  }

  @Test func copiesAndWhatBecameOfThem() throws {
    let tool = try tool()
    let fields =
      "--format ndjson | jq -r 'select(.serial) | "
      + "[.serial,.user,.bytes,(.delivered != null),(.deleted != null),.state] | map(tostring) | "
      + "join(\" \")'"
    let all = "1 alice null false false marked\n2 alice 900 true false delivered\n"
    let bob = "3 bob 800 true true deleted\n"
    for (filter, expected) in [
      ("", all + bob), ("--user alice", all), ("--order o2", bob), ("--serial 3", bob),
      ("--message 00010002000000000000000200000003", bob),
      ("--message 00010002000000000000000200000004", ""),
      ("--content t1", all + bob), ("--content t2", ""), ("--party cs-ds", all + bob),
      ("--party ds", ""), ("--period 1999", ""),
    ] {
      let result = try tool.report("deliveries \(filter) \(fields)")
      #expect(result.text == expected, "\(filter): \(result.errors)")
    }
  }
}
