import Distribution
import Ledger
import Masters
import Testing
import Trade
import _TestSupport

/// Orders are checked, recorded once, and name a delivery server.
@Suite struct OrderTests {
  /// The order on a line.
  private func order(_ line: String) throws -> Order {
    try Array(line.utf8.prefix { $0 != 0x0A }).withUnsafeBytes { try Order.read($0).order }
  }

  @Test func anOrderIsOneHoweverOftenItIsGiven() throws {
    let shell = try ContentServerShell()
    try shell.publish("a")
    try shell.publish("b", "b.wav")
    let line = "cs-order --user alice --content a --content b --id o1"
    let first = try shell.expectSuccess(line)
    let order = try order(first)
    #expect(order.ordered == (try shell.entries(Ordered.self).first))
    #expect(try order.items.map(\.content) == [Handle("a"), Handle("b")])
    #expect(order.items.map(\.price.value) == [300, 300])
    #expect(try order.items[1].master == shell.master("b").identity)
    // Neither a new price nor a withdrawal changes an order that was taken.
    try shell.expectSuccess(
      """
      cs-publish --content a --title Song --currency JPY --price 900 a.wav
      cs-publish --withdraw --content b
      """)
    #expect(
      try shell.expectSuccess("\(line); \(line) --expires 7d --use purchase") == first + first)
    #expect(try shell.entries(Ordered.self).count == 1)
    for (options, member) in [
      ("--user mallory", "user"), ("--content c", "list of titles"), ("--use view --home hs", ""),
      ("--home hs", "home server or shop"), ("--shop shop --medium cd-r", "home server or shop"),
      ("--server ds2", "delivery server"), ("--expires 8d", "expiry"),
      ("--expires 2027-01-01T00:00:00Z", "expiry"),
    ] {
      let refusal = try shell.expectRefusal("\(line) \(options)")
      #expect(
        refusal.hasPrefix("error: the order 'o1' was taken before with another \(member)"),
        "\(refusal)")
    }
    #expect(
      try self.order(shell.expectSuccess("cs-order --user alice --content a")).items[0].price
        == MinorUnits(900))
    #expect(
      try shell.expectRefusal("cs-order --user alice --content b")
        == "error: the title 'b' is not offered")
  }

  @Test func wrongOrdersAreRefused() throws {
    let shell = try ContentServerShell()
    try shell.publish("a")
    try shell.expectSuccess(
      "cs-publish --content eur --title T --currency EUR --price 3 a.wav; "
        + "ledger-enroll --revoke mallory --reason fraud")
    let line = "cs-order --id o"
    for (options, error) in [
      ("--user bob --content a", "the party 'bob' is not enrolled"),
      ("--user mallory --content a", "the party 'mallory' is revoked"),
      ("--user shop --content a", "'shop' is a shop, not a user"),
      ("--user alice --content z", "the title 'z' is not offered"),
      ("--user alice --content a --content a", "the title 'a' is ordered twice"),
      ("--user alice --content a --content eur", "the title 'eur' costs EUR"),
      (
        "--user alice --content a --use day --home hs",
        "the title 'a' has no price for the use 'day'"
      ),
      ("--user alice --content a --use view", "the use 'view' needs a home server"),
      ("--user alice --content a --use view --shop shop --medium cd-r", "the use 'view' needs"),
      ("--user alice --content a --use medium", "--use 'medium' is none of"),
      ("--user alice --content a --home shop", "'shop' is a shop, not a home-server"),
      ("--user alice --content a --shop hs --medium cd-r", "'hs' is a home-server, not a shop"),
      ("--user alice --content a --shop shop", "--shop needs --medium"),
      ("--user alice --content a --medium cd-r", "--medium needs --shop"),
      ("--user alice --content a --shop shop --medium cassette", "the value 'cassette' is invalid"),
      ("--user alice --content a --shop shop --medium cd-r --home hs", "--home and --shop exclude"),
      ("--user alice --content a --server shop", "'shop' is a shop, not a delivery-server"),
      ("--user alice --content a --expires 2026-01-01T00:00:00Z", "the order would have expired"),
      ("--user alice --content a --expires soon", "expiry 'soon' is no time"),
      ("--user alice --content a --expires 0d", "expiry '0d' is no time"),
      ("--user alice", "--content is missing"), ("--content a", "--user is missing"),
      ("--user alice --content a --as ds1 --signing-key ds1.key", "'ds1' is not a content server"),
      ("--user alice --content a --signing-key ds1.key", "the signing key is not the one 'cs'"),
      ("--user alice --content a --id 'a b'", "'a b' has the character ' '"),
      ("--user alice --content a --id \(String(repeating: "x", count: 101))", "the order 'xxx"),
    ] {
      let refusal = try shell.expectRefusal("\(line) \(options)")
      #expect(refusal.hasPrefix("error: " + error), "\(options): \(refusal)")
    }
    #expect(try shell.entries(Ordered.self).isEmpty)
  }

  @Test func whereCopiesGo() throws {
    let shell = try ContentServerShell()
    try shell.publish("a")
    let home = try order(
      shell.expectSuccess("cs-order --user alice --content a --home hs --use view --expires 1h"))
    #expect(try home.ordered.outlet == PartyName("hs"))
    #expect(home.ordered.use == .view && home.items[0].price.value == 50)
    let shop = try order(
      shell.expectSuccess(
        "cs-order --user alice --content a --shop shop --medium dvd-r "
          + "--expires 2999-12-01T00:00:00Z"))
    #expect(shop.ordered.medium == .videoDisc)
    #expect(try shop.ordered.expires == UTCTime("2999-12-01T00:00:00Z"))
  }

  @Test func theServerThatHoldsAllComesFirstThenTheIdlest() throws {
    let shell = try ContentServerShell()
    try shell.publish("a")
    try shell.publish("b", "b.wav")
    func servers(_ options: String, _ count: Int) throws -> [String] {
      try (0..<count).map { _ in
        try order(shell.expectSuccess("cs-order --user alice \(options)")).ordered.deliveryServer
          .description
      }
    }
    // Nobody holds anything: in turn.
    #expect(try servers("--content a", 4) == ["ds1", "ds2", "ds1", "ds2"])
    try shell.expectSuccess("cs-publish --content a --place ds2=two")
    #expect(try servers("--content a", 3) == ["ds2", "ds2", "ds2"])
    // ds2 has five orders, ds1 has two, and neither holds both titles.
    #expect(try servers("--content a --content b", 2) == ["ds1", "ds1"])
    try shell.expectSuccess(
      "cs-publish --content b --place ds2=two --place ds1=one; cs-publish --content a --place ds1=one"
    )
    #expect(try servers("--content a --content b", 3) == ["ds1", "ds1", "ds2"])
    // A master that was given up or is an old one does not count.
    try shell.expectSuccess(
      """
      echo '{"body":{"content":"a","delivery-server":"ds1"},"id":"e1","kind":"evicted"}' |
        _ledger-append --silent --as ds1 --signing-key ds1.key
      """)
    #expect(try servers("--content a", 2) == ["ds2", "ds2"])
    try shell.expectSuccess(
      "cs-publish --content b --title Song $TERMS --replace a.wav --place ds1=one")
    #expect(try servers("--content b", 2) == ["ds1", "ds1"])
    try shell.expectSuccess("ledger-enroll --revoke ds1 --reason closed")
    #expect(try servers("--content b", 1) == ["ds2"])
    #expect(try servers("--content b --server ds2", 1) == ["ds2"])
    #expect(
      try shell.expectRefusal("cs-order --user alice --content b --server ds1")
        == "error: the party 'ds1' is revoked")
  }

  @Test func aBatchIsAllOrNothing() throws {
    let shell = try ContentServerShell()
    try shell.publish("a")
    let lines = (0..<600).map { number in
      #"{"contents":["a"],"home":"hs","id":"b\#(number)","use":"view","user":"alice"}"#
    }
    try shell.folder.write("batch", Array((lines.joined(separator: "\n") + "\n").utf8))
    let output = try shell.expectSuccess("cs-order --batch batch")
    #expect(output.split(separator: "\n").count == 600)
    #expect(
      try shell.expectSuccess("cs-order --batch - < batch; head -1 batch | cs-order --batch -")
        == output + output.prefix { $0 != "\n" } + "\n")
    #expect(try shell.entries(Ordered.self).count == 600)
    let loads = Dictionary(grouping: try shell.entries(Ordered.self), by: \.deliveryServer)
    #expect(loads.values.map(\.count) == [300, 300])
    for (line, error) in [
      (#"{"contents":["a"],"user":"bob"}"#, "line 2: the party 'bob' is not enrolled"),
      (#"{"contents":[],"user":"alice"}"#, "line 2: an order has at least one title"),
      (
        #"{"contents":["a"],"medium":"cd-r","user":"alice"}"#,
        "line 2: the member 'shop' is missing"
      ),
      (#"{"contents":["a"],"users":"alice"}"#, "line 2: the member 'user' is missing"),
      (
        #"{"contents":["a"],"id":"new","use":"view","user":"alice"}"#,
        "line 2: the use 'view' needs"
      ),
      (#"{"contents":["a"],"id":"b1","user":"alice"}"#, "line 2: the order 'b1' was taken before"),
      ("{", "line 2: "),
    ] {
      let first = #"{"contents":["a"],"id":"new","user":"alice"}"#
      try shell.folder.write("bad", Array("\(first)\n\(line)\n".utf8))
      let refusal = try shell.expectRefusal("cs-order --batch bad")
      #expect(refusal.hasPrefix("error: " + error), "\(refusal)")
    }
    #expect(
      try shell.expectRefusal("cs-order --batch batch --user alice")
        == "error: --batch and --user exclude each other")
  }

  @Test func everyOrderIsRecordedBeforeItIsHandedOut() throws {
    let shell = try ContentServerShell()
    try shell.publish("a")
    let result = try shell.run("cs-order --user alice --content a --id o > /dev/full")
    #expect(result.status == 2 && result.errors.contains("no space left on device"))
    #expect(try shell.entries(Ordered.self).count == 1)
    let line = try shell.expectSuccess("cs-order --user alice --content a --id o")
    #expect(try order(line).ordered.order == Handle("o"))
    // The ledger cannot be synchronised: no order.
    let failed = try shell.run(
      "strace -f -qq -o /dev/null -e trace=fdatasync -e inject=fdatasync:error=EIO "
        + "$BIN/cs-order --user alice --content a --id p")
    #expect(failed.status == 2 && failed.output.isEmpty)
  }
}
