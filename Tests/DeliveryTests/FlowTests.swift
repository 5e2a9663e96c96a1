import Ledger
import Testing
import Trade
import _TestSupport

/// Signals 5 to 10 of System 100, as the ledger has them.
@Suite struct FlowTests {
  @Test func system100() throws {
    let shell = try DeliveryShell()
    try shell.publish("song", in: "central")
    try shell.folder.write("order", Array(shell.order("o1", ["song"]).utf8))
    let result = try shell.run(
      """
      ds --fetch 'cd central/{content} && tar -cf - manifest index *.* fingerprint-key' \
        < order > song.flac && ledger-verify -q
      """)
    #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
    let reader = EntryReader()
    var found: [String] = []
    for line in try shell.folder.read("l").split(separator: UInt8(ascii: "\n")) {
      try Array(line).withUnsafeBytes { bytes in
        let head = try reader.read(bytes)
        let (author, body) = (try head.authorName, try head.event().body)
        switch body {
        case let body as Placed:
          found.append("6, 7: \(author) placed \(body.content) on \(body.deliveryServer)")
        case let body as Ordered: found.append("3, 4: \(author) ordered for \(body.user)")
        case let body as Marking:
          found.append(
            "8: \(author) marking \(body.order) for \(body.user) of \(body.contentServer)")
        case let body as Delivered: found.append("8: \(author) delivered \(body.order)")
        case let body as Reported:
          found.append("9: \(author) reported \(body.matter) to \(body.contentServer)")
        case let body as Billed:
          found.append("10: \(author) billed \(body.amount) to \(body.payer) for \(body.payee)")
        default: break
        }
      }
    }
    #expect(
      found == [
        "3, 4: cs ordered for alice", "6, 7: ds placed song on ds",
        "8: ds marking o1 for alice of cs", "8: ds delivered o1",
        "9: ds reported delivery to cs", "10: ds billed 110 to user:alice for content-server:cs",
      ])
  }
}
