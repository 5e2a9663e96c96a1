import Ledger
import MarkKeys
import Masters
import Signing
import Testing
import Trade
import _TestSupport

/// Titles come into the catalogue once, whatever happens.
@Suite struct PublishTests {
  @Test func aTitleIsPublishedOnce() throws {
    let shell = try ContentServerShell()
    let line =
      "cs-publish --content album/1 --title 'The Sea' --artist Mizuno --isrc JP-Z01-26-00042"
      + " --year 2026 --rights no-broadcast $TERMS --day 100 --minute 5"
    try shell.expectSuccess("\(line) a.wav")
    let master = try shell.master("album%2F1")
    let tariff = try Tariff(
      currency: Currency("JPY"), taxRate: TaxRate(basisPoints: 1000),
      prices: [
        .purchase: MinorUnits(300), .view: MinorUnits(50), .day: MinorUnits(100),
        .minute: MinorUnits(5), .medium: MinorUnits(200),
      ])
    let title = try Published(
      content: Handle("album/1"), title: "The Sea", artist: "Mizuno", isrc: ISRC("JPZ012600042"),
      year: 2026, master: master.identity, tariff: tariff)
    #expect(try shell.entries() == [title])
    let copyright = CopyrightInformation(master.manifest.copyright)
    #expect(copyright.contentServer == 1 && copyright.year == 2026)
    #expect(copyright.rights == .noBroadcast)
    #expect(try copyright.content.packedISRC == ISRC("JPZ012600042").packed)

    // Again, from a pipe, and after that nothing has changed.
    let stored = try shell.stored()
    try shell.expectSuccess("\(line) a.wav; cat a.wav | \(line) -; \(line) < a.wav")
    #expect(try shell.entries() == [title])
    #expect(try shell.stored() == stored)
    try shell.expectSuccess("ledger-verify -q")
  }

  @Test func aNewPriceIsANewEntryAndTheOldOneCanComeBack() throws {
    let shell = try ContentServerShell()
    for price in [300, 400, 400, 300, 300] {
      try shell.expectSuccess(
        "cs-publish --content c --title T --currency JPY --price \(price) a.wav")
    }
    let prices = try shell.entries(Published.self).map { $0.tariff.prices[.purchase]?.value }
    #expect(prices == [300, 400, 300])
    #expect(try Set(shell.entries(Published.self).map(\.master)).count == 1)
  }

  @Test func anotherRecordingNeedsToBeWanted() throws {
    let shell = try ContentServerShell()
    try shell.publish("c")
    let old = try shell.master("c").identity
    let line = "cs-publish --content c --title Song $TERMS b.wav"
    #expect(try shell.expectRefusal(line).hasPrefix("error: 'c' was published with another"))
    try shell.expectSuccess("\(line) --replace; \(line)")
    let new = try shell.master("c").identity
    #expect(new != old)
    #expect(try shell.entries(Published.self).map(\.master) == [old, new])
    #expect(try TemporaryNames.left(in: shell).isEmpty)
    // A master that is damaged is one too.
    try shell.expectSuccess("truncate -s -1 store/masters/c/a.pcm")
    #expect(try shell.expectRefusal(line).contains("is no whole master of 'c'"))
    try shell.expectSuccess("\(line) --replace")
    #expect(try shell.master("c").identity == new)
  }

  @Test func badRecordingsAreRefused() throws {
    let shell = try ContentServerShell()
    try shell.expectSuccess(
      """
      : > empty.wav
      head -c 300000 a.wav > cut.wav
      { head -c 44 a.wav; head -c 529200 /dev/zero; } > silent.wav
      echo hello > text.wav
      """)
    let line = "cs-publish --content c --title Song $TERMS"
    for (file, error) in [
      ("empty.wav", "'empty.wav' is empty"), ("cut.wav", "'cut.wav' is cut short"),
      ("silent.wav", "'silent.wav' is silent or too short to carry a mark"),
      ("text.wav", "'text.wav' "), ("none.wav", "cannot open 'none.wav'"),
      ("- < cut.wav", "standard input is cut short"), ("- < empty.wav", "standard input is empty"),
    ] {
      let refusal = try shell.expectRefusal("\(line) \(file)")
      #expect(refusal.hasPrefix("error: " + error), "\(refusal)")
    }
    #expect(try TemporaryNames.left(in: shell).isEmpty)
  }

  @Test func whatIsMarkedIsRefused() throws {
    let shell = try ContentServerShell()
    try shell.folder.write("long.wav", SyntheticMusic(seconds: 30, seed: 4).wave)
    try shell.expectSuccess(
      "wm-embed --message 00112233445566778899aabbccddeeff -o marked.wav long.wav")
    let line = "cs-publish --content c --title Song $TERMS"
    #expect(
      try shell.expectRefusal("\(line) marked.wav")
        == "error: 'marked.wav' already carries the message 00112233445566778899aabbccddeeff of "
        + "the key 'studio'")
    #expect(try shell.expectRefusal("cat marked.wav | \(line)").hasPrefix("error: standard input"))
    try shell.expectSuccess(
      "\(line) marked.wav --force; cs-publish --content d --title T $TERMS long.wav")
    // Another key has nothing to say about it.
    try shell.expectSuccess(
      "wm-keygen -o other.key; cs-publish --content e --title T $TERMS -k other.key marked.wav")
  }

  @Test func wrongTermsAreRefused() throws {
    let shell = try ContentServerShell()
    let line = "cs-publish --content c --title T"
    for (options, error) in [
      ("--price 3 a.wav", "--currency is missing"), ("--currency JPY a.wav", "--price is missing"),
      ("--currency JPY --medium 5 a.wav", "--price is missing"),
      ("--currency yen --price 3 a.wav", "currency 'yen' is unknown"),
      ("--currency JPY --price 3.5 a.wav", "amount '3.5' has digits after the point"),
      ("--currency JPY --price=-3 a.wav", "price"),
      ("--currency JPY --price 3 --tax 101% a.wav", ""),
      ("--currency JPY --price 3 --tax ten a.wav", "--tax 'ten' is no rate"),
      ("$TERMS --isrc X a.wav", "not an ISRC"), ("$TERMS --year 26 a.wav", "--year 26 is outside"),
      ("$TERMS --rights none a.wav", "--rights 'none' is unknown"),
      ("$TERMS --as ds1 --signing-key ds1.key a.wav", "'ds1' is not a content server"),
      ("$TERMS --as ds1 a.wav", "'ds1' is not a content server"),
      ("$TERMS --signing-key ds1.key a.wav", "the signing key is not the one 'cs'"),
      ("$TERMS --content 'a b' a.wav", "'a b' has the character ' '"),
      ("$TERMS --store none/store a.wav", "cannot create 'none/store'"),
      ("$TERMS --key none a.wav", "cannot open mark key 'none'"),
    ] {
      let refusal = try shell.expectRefusal("\(line) \(options)")
      #expect(refusal.hasPrefix("error: " + error), "\(options): \(refusal)")
    }
    #expect(
      try shell.expectRefusal("SUKASHI_STORE= \(line) $TERMS a.wav") == "error: no store is named")
    #expect(
      try shell.expectRefusal("SUKASHI_KEY= \(line) $TERMS a.wav") == "error: no mark key is given")
    #expect(
      try shell.expectRefusal("cs-publish --content c $TERMS a.wav") == "error: --title is missing")
    #expect(try shell.entries(Published.self).isEmpty)
  }

  @Test func listAndWithdraw() throws {
    let shell = try ContentServerShell()
    #expect(try shell.expectSuccess("cs-publish --list").isEmpty)
    try shell.publish("b")
    try shell.publish("a")
    let lines = try shell.expectSuccess("cs-publish --list").split(separator: "\n")
    #expect(lines.map { $0.prefix(2) } == ["a\t", "b\t"])
    #expect(lines[0].contains("\tpurchase 300 JPY, view 50 JPY, medium 200 JPY\t"))
    try shell.expectSuccess(
      "cs-publish --withdraw --content a --reason 'rights ended'; cs-publish --withdraw --content a"
    )
    #expect(try shell.entries(Withdrawn.self).map(\.reason) == ["rights ended"])
    #expect(
      try shell.expectSuccess("cs-publish --list --json | grep -c '\"withdrawn\":true'") == "1\n")
    #expect(
      try shell.expectRefusal("cs-publish --withdraw --content c")
        == "error: the title 'c' is not published")
    #expect(
      try shell.expectRefusal("cs-publish --send a | cat")
        == "error: the title 'a' is not published")
    try shell.publish("a")
    try shell.expectSuccess("cs-publish --withdraw --content a")
    #expect(try shell.entries(Withdrawn.self).count == 2)
    #expect(try shell.entries(Published.self).count == 3)
  }

  @Test func verifyFindsEveryDamage() throws {
    let shell = try ContentServerShell()
    try shell.publish("c")
    #expect(try shell.expectSuccess("cs-publish --verify").isEmpty)
    for file in ["a.pcm", "b.pcm", "a.frames", "b.frames", "index", "manifest", "fingerprint-key"] {
      let path = "store/masters/c/\(file)"
      try shell.expectSuccess(
        "cp \(path) kept; printf '\\377\\376' | dd of=\(path) bs=1 seek=20 conv=notrunc status=none"
      )
      let result = try shell.run("cs-publish --verify")
      #expect(result.status == 1 && result.errors.hasPrefix("cs-publish: error: "), "\(file)")
      try shell.expectSuccess("cat kept > \(path); cs-publish --verify")
    }
    #expect(try shell.run("rm -r store/masters/c; cs-publish --verify").status == 1)
  }
}

/// What unfinished work would leave in the store.
enum TemporaryNames {
  static func left(in shell: ContentServerShell) throws -> [String] {
    try shell.run("ls -A store/masters").text.split(separator: "\n").map(String.init)
      .filter { $0.hasPrefix(".") && !$0.hasSuffix(".lock") }
  }
}
