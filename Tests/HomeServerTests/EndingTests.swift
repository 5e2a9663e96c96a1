import CommandLineSupport
import HomeServer
import Ledger
import Outlets
import Testing
import Trade
import _TestSupport

/// How viewings end, and what they cost.
@Suite struct EndingTests {
  /// When the parcels of a shell were stored.
  private func stored(_ shell: HomeShell, _ order: String) throws -> UTCTime {
    try #require(
      shell.books().log.facts.entry(Handle("\(order)/stored"))?.time)
  }

  private func view(_ shell: HomeShell, _ order: String) throws {
    let holding = try OutletStore(shell.folder.path("house")).holding(Handle(order))
    let meter = try ViewingMeter(holding)
    for session in ["s1", "s2", "s1"] { try meter.began(Handle(session), item: 0) }
    try meter.watched(item: 0, milliseconds: 0..<60_400)
    try meter.watched(item: 0, milliseconds: 30_000..<60_900)
    try meter.flush()
  }

  @Test func eachUseIsBilledByItsUnit() throws {
    let shell = try HomeShell()
    try shell.expectSuccess("hs fee --currency JPY --day 2 --minute 1 --view 5 --price 1000")
    for use in ["view", "day", "minute"] {
      try shell.expectSuccess("parcel \(use) --use \(use) --expires 30d --content t1 | hs put")
      try view(shell, use)
    }
    let start = try stored(shell, "view").seconds
    // 60.9 seconds are one minute; three days and an hour are four days.
    let end = try UTCTime(seconds: start + 3 * 86_400 + 3600).description
    for use in ["view", "day", "minute"] {
      try Housekeeping(shell.books(at: end)).finish(Handle(use))
      try Housekeeping(shell.books(at: end)).finish(Handle(use))
      let viewed = try #require(
        shell.events(of: use).compactMap { $0.event.body as? Viewed }.first)
      #expect([viewed.days, viewed.seconds, viewed.views] == [4, 60, 2])
      #expect(
        try shell.kinds(of: use).suffix(6) == [
          "stored", "viewed", "deleted", "reported", "billed", "billed",
        ])
    }
    // 2 views of 20, 4 days of 7, a minute of 3, with 10 % of tax.
    for (use, amount) in [("view", 44), ("day", 31), ("minute", 3)] {
      #expect(
        try shell.bills(of: use) == [
          "user:alice content-server:cs \(amount)", "user:alice administrator:admin 19",
        ])
    }
    #expect(try shell.leftovers.isEmpty)
    try shell.expectSuccess("hs finish view; ledger-verify -q")
    #expect(try shell.expectRefusal("hs finish nothing").contains("nothing is held"))
  }

  @Test func whatHasExpiredIsEndedByCron() throws {
    let shell = try HomeShell()
    try shell.expectSuccess(
      """
      for use in purchase view day minute; do
        parcel $use --use $use --expires 2d --content t1 | hs put
      done
      parcel seen --use minute --expires 2d --content t1 | hs put
      parcel later --use minute --expires 30d --content t1 | hs put
      """)
    try view(shell, "seen")
    let start = try stored(shell, "purchase").seconds
    let late = try UTCTime(seconds: start + 5 * 86_400).description
    for _ in 0..<2 { #expect(try Housekeeping(shell.books(at: late)).collect().isEmpty) }
    for (order, cause, bills) in [
      ("purchase", "expired", []), ("view", "expired", []),
      ("day", "expired", ["user:alice content-server:cs 15"]), ("minute", "expired", []),
      ("seen", "viewed", ["user:alice content-server:cs 3"]),
    ] as [(String, String, [String])] {
      let deleted = try shell.events(of: order).compactMap { $0.event.body as? Deleted }
      #expect(deleted.map(\.cause.rawValue) == [cause], "\(order)")
      #expect(try shell.bills(of: order) == bills, "\(order)")
    }
    #expect(try shell.kinds(of: "later").last == "stored")
    #expect(try shell.run("hs list | cut -f 1").text == "later\n")
  }

  @Test func feesAreSetShownAndGivenUp() throws {
    let shell = try HomeShell()
    #expect(try shell.expectSuccess("hs fee").text.isEmpty)
    try shell.expectSuccess("hs fee --currency EUR --tax 19% --day 0.50 --manager manager")
    #expect(
      try shell.expectSuccess("hs fee").text
        == "day\t0.50 EUR\ntax\t19.00 %\npayer\tbuilding-manager:manager\n")
    for line in [
      "hs fee --day 1", "hs fee --currency JPY", "hs fee --manager manager",
      "hs fee --none --day 1", "hs fee --currency JPY --medium 1",
      "hs fee --currency JPY --day 1 --manager alice",
      "hs fee --currency JPY --day 1 --manager nobody", "hs2 fee --currency JPY --day 1",
    ] {
      #expect(try shell.expectRefusal(line).contains("hs-store: error:"), "\(line)")
    }
    try shell.expectSuccess("hs fee --none; hs fee --none; test ! -e house/fee.json")
  }
}
