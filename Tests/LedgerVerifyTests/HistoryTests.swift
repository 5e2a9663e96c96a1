import Testing
import _TestSupport

/// What checkpoints that were kept show of a ledger that was changed by who has its keys.
@Suite struct HistoryTests {
  let shell: VerifyShell
  let key: String

  init() throws {
    shell = try VerifyShell()
    try shell.expect(0, "ledger-verify checkpoint -o old")
    key = try shell.expect(0, "ledger-verify key").split(separator: "\n").joined()
    try shell.append([
      #"{"body":{"number":3,"party":"carol","role":"user"},"id":"e9","kind":"enrolled"}"#
    ])
    try shell.expect(0, "ledger-verify checkpoint -o new")
  }

  @Test func aLedgerThatHasGrownIsTheSame() throws {
    try shell.expect(0, "ledger-verify --checkpoint old --checkpoint new", "verified")
    try shell.expect(0, "ledger-verify --since old", "verified entries=11")
    try shell.expect(0, "ledger-verify --since new --checkpoint old --key '\(key)'", "verified")
  }

  /// Whoever has the keys can write another ledger that holds by itself.
  ///
  /// This is the limit of what a ledger can show: only a checkpoint that somebody else has kept
  /// tells the two apart.
  @Test func aRewrittenLedgerHoldsByItself() throws {
    try shell.makeLedger("other", ExampleLedger.otherEntries)
    try shell.expect(0, "mv other l; ledger-verify", "verified entries=10")
    try shell.expect(0, "ledger-verify --key '\(key)'", "verified entries=10")
    try shell.expect(0, "ledger-verify checkpoint -o rewritten; ledger-verify --since rewritten")
    try shell.expect(
      1, "ledger-verify --checkpoint old", "the first 10 entries are not those of the checkpoint")
    try shell.expect(1, "ledger-verify --since old", "the first 10 entries are not those")
    try shell.expect(1, "ledger-verify prove 1 --checkpoint old", "the first 10 entries are not")
    try shell.expect(1, "ledger-verify prove --since old", "the first 10 entries are not those")
    try shell.expect(
      1, "ledger-verify cosign --since old rewritten --signing-key w.key",
      "the first 10 entries are not those")
    // A witness that has cosigned nothing yet does not know.
    try shell.expect(0, "ledger-verify cosign rewritten --signing-key w.key", "— w ")
  }

  @Test func aShortenedLedgerIsFound() throws {
    try shell.write(try shell.lines.dropLast())
    for command in ["--checkpoint new", "--since new"] {
      try shell.expect(
        1, "ledger-verify \(command)",
        "the ledger has 10 entries, fewer than the 11 of the checkpoint")
    }
    try shell.expect(0, "ledger-verify --checkpoint old", "verified entries=10")
    try shell.expect(1, "ledger-verify prove 1 --checkpoint new", "fewer than the 11")
    try shell.expect(1, "ledger-verify cosign new --signing-key w.key", "fewer than the 11")
  }

  @Test func anotherLedgerIsAnother() throws {
    try shell.expect(
      0,
      """
      ledger-enroll --ledger m --open ledger.example/m
      ledger-verify checkpoint --ledger m -o c
      """)
    try shell.expect(
      1, "ledger-verify --checkpoint c", "is of 'ledger.example/m', not of 'ledger.example/t'")
    try shell.expect(1, "ledger-verify prove 1 --checkpoint c", "is of 'ledger.example/m'")
    try shell.expect(1, "ledger-verify cosign c --signing-key w.key", "is of 'ledger.example/m'")
    try shell.expect(1, "ledger-verify --ledger m --key '\(key)'", "another key than those given")
  }

  @Test func aForgedCheckpointIsRefused() throws {
    let good = try shell.text("old")
    // The signature of another key under the name of the ledger, as a forger would make it.
    try shell.expect(
      0,
      """
      wm-keygen --signing --name cs -o forger.key
      SUKASHI_SIGNING_KEY=forger.key _ledger-append --ledger f --open \(VerifyShell.origin) --silent \
        lines 2> /dev/null
      ledger-verify checkpoint --ledger f --signing-key forger.key -o forged
      """)
    let line = try #require(try shell.text("forged").split(separator: "\n").last)
    let text = good.split(separator: "\n").dropLast().joined(separator: "\n")
    try shell.folder.write("forged", Array("\(text)\n\n\(line)\n".utf8))
    for command in ["--checkpoint", "--since"] {
      try shell.expect(1, "ledger-verify \(command) forged", "is not signed by the ledger's")
      try shell.expect(
        1, "ledger-verify \(command) forged --key '\(key)'", "not signed by any known")
    }
    try shell.folder.write("changed", Array(good.replacing("\n10\n", with: "\n9\n").utf8))
    try shell.expect(1, "ledger-verify --checkpoint changed", "the first 9 entries are not those")
  }

  @Test func keysGivenMustHaveSigned() throws {
    try shell.expect(0, "ledger-verify cosign old --signing-key w.key -o cosigned")
    try shell.expect(
      0, "SUKASHI_AS=cs ledger-enroll delivery-server w --key-file w.key > /dev/null")
    let witness = try shell.expect(0, "ledger-verify key --cosigner w").split(separator: "\n")[0]
    try shell.expect(0, "ledger-verify --checkpoint cosigned --key '\(key)' --key '\(witness)'")
    try shell.expect(
      1, "ledger-verify --checkpoint old --key '\(key)' --key '\(witness)'", "not signed by 'w'")
    try shell.expect(1, "ledger-verify --checkpoint cosigned --key '\(witness)'", "another key")
    try shell.expect(0, "ledger-verify prove 1 --checkpoint cosigned -o p")
    try shell.expect(0, "ledger-verify prove 1 --checkpoint old -o q")
    try shell.expect(0, "ledger-verify check p --key '\(key)' --key '\(witness)'", " cosigners=w@")
    try shell.expect(
      1, "ledger-verify check q --key '\(key)' --key '\(witness)'", "not signed by 'w'")
    try shell.expect(2, "ledger-verify key --cosigner alice", "'alice' is not enrolled with a key")
  }

  /// Checkpoints of before stay good when the content server gets another key.
  @Test func anotherKeyIsAnotherKey() throws {
    try shell.expect(
      0,
      """
      wm-keygen --signing --name cs -o next.key
      ledger-enroll --rekey cs --key-file next.key > /dev/null
      """)
    try shell.expect(2, "ledger-verify checkpoint", "the signing key is not the one")
    try shell.expect(0, "ledger-verify checkpoint --signing-key next.key -o next")
    try shell.expect(0, "ledger-verify --checkpoint old --checkpoint next", "verified entries=12")
    let next = try shell.expect(0, "ledger-verify key").split(separator: "\n")[0]
    #expect(next != key)
    try shell.expect(1, "ledger-verify --checkpoint old --key '\(next)'", "not signed by any known")
    try shell.expect(
      0, "ledger-verify --checkpoint old --checkpoint next --key '\(key)' --key '\(next)'")
    try shell.expect(
      0,
      """
      ledger-verify prove --since old --checkpoint next |
        ledger-verify check --since old --key '\(key)' --key '\(next)'
      """, "consistent old=10")
  }
}
