import CommandLineSupport
import Ledger
import Testing
import Trade
import _TestSupport

/// System 200 from signal 1 to signal 15, each by its tool, as the ledger has them in the end.
@Suite struct FlowTests {
  @Test func system200() throws {
    let shell = try HomeShell(seconds: 20)
    try shell.expectSuccess(
      """
      hs fee --currency JPY --tax 10% --price 30 --manager manager
      cs pay --from cs --to ds --amount 5000 --currency JPY --purpose usage-fee --sale --id usage-1
      order --content t1 --home home --id o1 | ds | hs put
      hs send o1 > song.flac
      cs pay --from alice --to cs --amount 110 --currency JPY --id bank-1
      cs pay --from building-manager:manager --to admin --amount 33 --currency JPY --id bank-2 \
        --purpose home-server-fee
      flac -st song.flac 2> flac.log
      ledger-verify -q
      ffmpeg -v error -ss 7 -t 6 -i song.flac -c:a libmp3lame -b:a 96k leak.mp3
      """)
    #expect(
      try signals(shell) == [
        "2: cs published t1", "2: cs placed t1 on ds", "2: cs published t2",
        "2: cs placed t2 on ds", "1: cs records 5000 usage-fee from cs to ds",
        "3, 4: cs ordered t1 for alice from ds to home", "12: ds marking o1 for alice by home",
        "12: ds delivered o1", "12: home stored o1", "13: home handed o1 to alice",
        "14: home deleted o1: handed-over", "9: home reported delivery to cs",
        "10: home billed 110 to user:alice for content-server:cs",
        "15: home billed 33 to building-manager:manager for administrator:admin",
        "11: cs records 110 content from alice to cs",
        "15: cs records 33 home-server-fee from manager to admin",
      ])
    #expect(try shell.leftovers.isEmpty)
    let found = try shell.run("detect leak.mp3")
    #expect(found.status == 0, "\(found.text)\(found.errors)")
    #expect(found.text.contains("user=alice order=o1 content=t1"), "\(found.text)")
    #expect(found.text.contains("home_server=home"), "\(found.text)")
  }

  /// The entries of the signals, in words.
  private func signals(_ shell: HomeShell) throws -> [String] {
    try shell.events().compactMap { event, author in
      switch event.body {
      case let body as Payment:
        let purposes = body.splits.map(\.purpose.rawValue).joined(separator: ", ")
        let signal =
          body.payer.kind == .user ? "11" : body.payer.kind == .buildingManager ? "15" : "1"
        return "\(signal): \(author) records \(body.splits.reduce(0) { $0 + $1.amount }) "
          + "\(purposes) from \(body.payer.name) to \(body.payee.name)"
      case let body as Published: return "2: \(author) published \(body.content)"
      case let body as Placed:
        return "2: \(author) placed \(body.content) on \(body.deliveryServer)"
      case let body as Ordered:
        return "3, 4: \(author) ordered \(body.contents[0]) for \(body.user) "
          + "from \(body.deliveryServer) to \(body.outlet.map(\.description) ?? "-")"
      case let body as Marking:
        return "12: \(author) marking \(body.order) for \(body.user) "
          + "by \(body.outlet.map(\.description) ?? "-")"
      case let body as Delivered: return "12: \(author) delivered \(body.order)"
      case let body as Stored: return "12: \(author) stored \(body.order)"
      case let body as HandedOver: return "13: \(author) handed \(body.order) to \(body.user)"
      case let body as Deleted:
        return "14: \(author) deleted \(body.order): \(body.cause.rawValue)"
      case let body as Reported:
        return "9: \(author) reported \(body.matter) to \(body.contentServer)"
      case let body as Billed:
        let signal = body.payee.kind == .administrator ? "15" : "10"
        return "\(signal): \(author) billed \(body.amount) to \(body.payer) for \(body.payee)"
      default: return nil
      }
    }
  }
}
