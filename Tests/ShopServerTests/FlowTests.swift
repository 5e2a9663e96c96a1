import CommandLineSupport
import Ledger
import Testing
import Trade
import _TestSupport

/// System 400 from signal 1 to signal 24, each by its tool, as the ledger has them in the end.
@Suite struct FlowTests {
  @Test func system400() throws {
    let shell = try ShopShell([ShopShell.Title(name: "t1", seconds: 20)])
    try shell.expectSuccess(
      """
      cs pay --from cs --to ds --amount 5000 --currency JPY --purpose usage-fee --sale --id usage-1
      order --content t1 --shop kiosk --medium cd-r --id o1 | ds | shop --image disc.cue
      shop --collected o1
      cs pay --from shop:kiosk --to cs --amount 110 --currency JPY --id bank-1
      as kiosk shop ledger-pay --from alice --to kiosk --amount 260 --currency JPY \
        --purpose on-behalf=110 --purpose medium --funds cash --id till-1
      ledger-verify -q
      cd-paranoia -d disc.cue -q -w 1 rip.wav 2> log
      ffmpeg -v error -ss 7 -t 6 -i rip.wav -c:a libmp3lame -b:a 96k leak.mp3
      """)
    #expect(
      try signals(shell) == [
        "2: cs published t1", "2: cs placed t1 on ds",
        "1: cs records usage-fee 5000 from cs to ds",
        "3, 4: cs ordered t1 for alice from ds to kiosk on cd-r", "19: ds marking o1 for kiosk",
        "19: ds delivered o1", "20: kiosk burned 1 cd-r for alice", "20: kiosk deleted o1: burned",
        "20: kiosk reported delivery of 110 to cs",
        "21: kiosk billed 110 to shop:kiosk for content-server:cs on behalf of alice",
        "22: alice collected from kiosk", "23: cs records content 110 from kiosk to cs",
        "24: kiosk records on-behalf 110, medium 150 from alice to kiosk",
      ])
    #expect(try shell.leftovers.isEmpty)
    let found = try shell.run("detect leak.mp3")
    #expect(found.status == 0, "\(found.text)\(found.errors)")
    #expect(found.text.contains("user=alice order=o1 content=t1"), "\(found.text)")
    #expect(found.text.contains("shop=kiosk"), "\(found.text)")
    // Nobody owes anything, and the shop has sold a disc.
    let balances = try shell.expectSuccess("ledger-report balances --book kiosk").text
    #expect(balances.contains("revenue:media"), "\(balances)")
    #expect(!balances.contains("payable") && !balances.contains("advance"), "\(balances)")
  }

  /// Paragraph 51: the user pays the provider, not the shop; the disc is posted.
  @Test func theUserPaysTheProvider() throws {
    let shell = try ShopShell()
    try shell.expectSuccess(
      """
      parcel o1 --content t1 | shop --image disc.cue
      shop --posted o1 --tracking JP-123456789
      shop --posted o1 --tracking JP-123456789
      cs pay --from alice --to cs --amount 110 --currency JPY --for o1/billed \
        --on-behalf-of shop:kiosk --id bank-1
      as kiosk shop ledger-pay --from alice --to kiosk --amount 150 --currency JPY \
        --purpose medium --funds cash --id till-1
      ledger-verify -q
      """)
    #expect(try shell.kinds(of: "o1") == burnedKinds + ["posted"])
    #expect(try signals(shell).last == "24: kiosk records medium 150 from alice to kiosk")
    let balances = try shell.expectSuccess("ledger-report balances --book kiosk").text
    #expect(!balances.contains("payable") && !balances.contains("advance"), "\(balances)")
    #expect(
      try shell.expectFailure("shop --collected o1").contains(
        "the disc of the order 'o1' was posted"))
    #expect(try shell.run("shop --posted o1 --tracking JP-2").status == 2)
  }

  @Test func whatWasNotBurnedIsNotHandedOut() throws {
    let shell = try ShopShell()
    try shell.expectSuccess(
      "parcel o1 --content t1 | shop --keep; parcel o2 --content t1 | shop --image d.cue")
    for line in [
      "shop --collected o1", "shop --collected nothing", "shop --posted o1 --tracking 1",
      "shop2 --collected o2",
    ] {
      #expect(
        try shell.expectFailure(line).contains("no disc was made here for the order"), "\(line)")
    }
  }

  /// The entries of the signals, in words.
  private func signals(_ shell: ShopShell) throws -> [String] {
    try shell.events().compactMap { event, author in
      switch event.body {
      case let body as Payment:
        let signal =
          body.payer.kind == .user ? "24" : body.payer.kind == .shop ? "23" : "1"
        let purposes = body.splits.map { "\($0.purpose.rawValue) \($0.amount)" }
        return "\(signal): \(author) records \(purposes.joined(separator: ", ")) "
          + "from \(body.payer.name) to \(body.payee.name)"
      case let body as Published: return "2: \(author) published \(body.content)"
      case let body as Placed:
        return "2: \(author) placed \(body.content) on \(body.deliveryServer)"
      case let body as Ordered:
        return "3, 4: \(author) ordered \(body.contents[0]) for \(body.user) "
          + "from \(body.deliveryServer) to \(body.outlet.map(\.description) ?? "-") "
          + "on \(body.medium?.rawValue ?? "-")"
      case let body as Marking:
        return "19: \(author) marking \(body.order) for \(body.outlet.map(\.description) ?? "-")"
      case let body as Delivered: return "19: \(author) delivered \(body.order)"
      case let body as Burned:
        return "20: \(author) burned \(body.discs) \(body.medium.rawValue) for \(body.user)"
      case let body as Deleted:
        return "20: \(author) deleted \(body.order): \(body.cause.rawValue)"
      case let body as Reported:
        return "20: \(author) reported \(body.matter) of \(body.fee) to \(body.contentServer)"
      case let body as Billed:
        return "21: \(author) billed \(body.amount) to \(body.payer) for \(body.payee)"
          + (body.beneficiary.map { " on behalf of \($0)" } ?? "")
      case let body as Collected: return "22: \(body.user) collected from \(author)"
      default: return nil
      }
    }
  }
}
