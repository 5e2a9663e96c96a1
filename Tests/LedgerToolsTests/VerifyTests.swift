import Testing
import _TestSupport

/// What ledger-verify says of ledgers, checkpoints and proofs, and what others say of these.
@Suite struct VerifyTests {
  private let shell: LedgerShell

  init() throws { shell = try LedgerShell() }

  /// Runs lines that must end with 1, and returns what they print.
  private func expectNo(_ lines: String, _ location: SourceLocation = #_sourceLocation) throws
    -> String
  {
    let result = try shell.run(lines)
    #expect(result.status == 1, "\(result.errors)", sourceLocation: location)
    #expect(result.errors.isEmpty, "\(result.errors)", sourceLocation: location)
    return result.text
  }

  @Test func aGoodLedgerIsVerified() throws {
    let text = try shell.expectSuccess("ledger-verify")
    #expect(
      text.contains(#/^l: verified entries=6 root=[A-Za-z0-9+\/]{43}= origin=test.example\/l\n$/#))
    #expect(try shell.expectSuccess("ledger-verify -q").isEmpty)
    let json = try shell.expectSuccess("ledger-verify --json | jq -r '.type, .entries, .origin'")
    #expect(json == "verified\n6\ntest.example/l\n")
  }

  @Test func aChangedEntryIsNamed() throws {
    try shell.expectSuccess("sed -i 's/alice/alicf/' l")
    #expect(try expectNo("ledger-verify").hasPrefix("l: entry 1 (line 2): the signature"))
    #expect(try expectNo("ledger-verify --json | jq -r .entry; exit ${PIPESTATUS[0]}") == "1\n")
    #expect(try expectNo("ledger-verify -q").isEmpty)
  }

  @Test func aTornLineIsAWarning() throws {
    let result = try shell.run("head -c 40 l | tail -c 40 >> l; ledger-verify")
    #expect(result.status == 0)
    #expect(result.errors.contains("line 7 is cut short after 40 bytes"))
    try shell.expectSuccess("ledger-enroll user bob; ledger-verify -q; test $(wc -l < l) = 7")
    try shell.expectSuccess("printf 'x' >> l")
    #expect(try expectNo("ledger-verify").contains("line 8 has no end"))
    #expect(try shell.expectRefusal("ledger-enroll user carol").first?.contains("line 8") == true)
  }

  /// Whoever has the keys can write another history; only a checkpoint that was kept shows it.
  @Test func aRewrittenHistoryIsFoundByAKeptCheckpoint() throws {
    try shell.expectSuccess(
      """
      ledger-verify checkpoint -o kept
      mv l old
      ledger-enroll --open test.example/l
      for u in mallory $(seq 8); do ledger-enroll user $u; done
      ledger-verify -q
      """)
    let text = try expectNo("ledger-verify --checkpoint kept")
    #expect(text.contains("the first 6 entries are not those of the checkpoint"))
    #expect(try expectNo("ledger-verify --since kept") == text)
    #expect(try expectNo("ledger-verify cosign --as ds --signing-key ds.key kept") == text)
    #expect(try expectNo("ledger-verify prove 0 --checkpoint kept") == text)
    try shell.expectSuccess("ledger-verify -q --ledger old --checkpoint kept --since kept")
  }

  @Test func missingEntriesAreFoundByAKeptCheckpoint() throws {
    try shell.expectSuccess(
      "ledger-verify checkpoint -o kept; head -n 5 l > m; ledger-verify -q --ledger m")
    let text = try expectNo("ledger-verify --ledger m --checkpoint kept")
    #expect(text.contains("the ledger has 5 entries, fewer than the 6 of the checkpoint"))
  }

  @Test func checkpointsOfOthersAreRefused() throws {
    try shell.expectSuccess(
      """
      ledger-verify checkpoint -o kept
      ledger-enroll --ledger other --open other.example/l
      ledger-verify checkpoint --ledger other -o strange
      sed 's/^6$/5/' kept > forged
      """)
    #expect(
      try expectNo("ledger-verify --checkpoint strange").contains("is of 'other.example/l'"))
    #expect(try expectNo("ledger-verify --checkpoint forged").contains("not those of"))
    // Signed, but not by the key that was given.
    let key = "$(ledger-verify key --ledger other)"
    #expect(try !expectNo("ledger-verify --checkpoint kept --key \(key)").isEmpty)
    try shell.expectSuccess("ledger-verify -q --checkpoint kept --key $(ledger-verify key)")
    let refusal = try shell.expectRefusal("ledger-verify checkpoint --signing-key ds.key --as ds")
    #expect(refusal.first?.contains("not the one 'cs' is enrolled with") == true)
  }

  /// Every entry is proved by number, and the proof holds for it and for no other.
  @Test func proofsHoldForTheirEntry() throws {
    try shell.expectSuccess(
      """
      ledger-verify checkpoint -o kept
      key=$(ledger-verify key)
      for n in 0 1 2 3 4 5; do
        ledger-verify prove $n --checkpoint kept -o p
        sed -n $((n + 1))p l > line
        sed -n $(((n + 1) % 6 + 1))p l > wrong
        (unset SUKASHI_LEDGER
        ledger-verify check -q --key $key --entry line p
        ledger-verify check -q --key $key --entry wrong p && exit 3 || test $? = 1)
        ledger-verify check -q p
      done
      ledger-verify prove enroll:alice --checkpoint kept | ledger-verify check --json | jq .entry | grep -qx 1
      """)
    let refusal = try shell.expectRefusal("ledger-verify prove 6 --checkpoint kept")
    #expect(refusal.first?.contains("no entry '6' among the 6") == true)
  }

  @Test func newerCheckpointsHaveAllOfOlderOnes() throws {
    try shell.expectSuccess(
      """
      for n in 1 2 3 4 5; do ledger-verify checkpoint -o c$n; ledger-enroll user u$n; done
      for old in 1 2 3 4 5; do for new in $(seq $old 5); do
        ledger-verify prove --since c$old --checkpoint c$new -o p
        ledger-verify check -q --since c$old p
        sed '2s/./A/' p > wrong
        cmp -s p wrong || test $old = $new || {
          ledger-verify check -q --since c$old wrong && exit 3 || test $? != 0; }
      done; done
      """)
    #expect(
      try expectNo(
        "ledger-verify prove --since c1 --checkpoint c5 | ledger-verify check --since c2"
      )
      .contains("the proof is for a tree of 6 entries, not 7"))
  }

  @Test func cosignaturesAreSeen() throws {
    let text = try shell.expectSuccess(
      """
      ledger-verify checkpoint -o c1
      ledger-verify cosign --as ds --signing-key ds.key -o c2 c1
      ledger-verify prove 3 --checkpoint c2 |
        ledger-verify check --key $(ledger-verify key) --key $(ledger-verify key --cosigner ds)
      """)
    #expect(text.contains(#/cosigners=ds@\d{10}\n/#))
  }

  @Test(arguments: [
    ("ledger-verify check /dev/null", "'/dev/null'"), ("echo x | ledger-verify check", ""),
    ("ledger-verify --checkpoint l", "'l'"), ("ledger-verify --checkpoint none", "'none'"),
    ("ledger-verify --ledger none", "cannot open"), ("ledger-verify --ledger .", "."),
    ("ledger-verify prove", "name either"), ("ledger-verify --key x --checkpoint l", ""),
    ("ledger-verify prove 1 --since l", "name either"), ("ledger-verify check none", "'none'"),
    ("ledger-verify > /dev/full", "no space"), ("ledger-verify key > /dev/full", "no space"),
    ("ledger-verify checkpoint > /dev/full", "no space"), ("ledger-verify what", "unexpected"),
  ])
  func whatCannotBeCheckedIsAnError(_ line: String, _ text: String) throws {
    let refusal = try shell.expectRefusal(line)
    #expect(refusal.first?.contains(text) == true, "\(refusal)")
  }

  @Test func aWrongIndexIsFound() throws {
    try shell.expectSuccess(
      """
      seq 2 400 | sed 's/^/user\\tu/' | ledger-enroll --batch -
      cp l.index good
      """)
    for change in [
      "DELETE FROM reference WHERE rowid_ < 0 OR place = (SELECT max(place) FROM reference)",
      "UPDATE block SET hash = zeroblob(32)", "UPDATE coverage SET count = count - 1",
      "INSERT INTO balance VALUES ('content-server:cs', 'assets:cash', 'JPY', 5)",
    ] {
      let statement = change.replacing("rowid_ < 0 OR ", with: "")
      try shell.expectSuccess(
        "cp good l.index; python3 -c 'import sqlite3,sys; c=sqlite3.connect(\"l.index\"); c.execute(sys.argv[1]); c.commit()' \"\(statement)\""
      )
      let text = try expectNo("ledger-verify")
      #expect(text.contains("the index is wrong"), "\(change): \(text)")
      try shell.expectSuccess("ledger-verify -q --no-index")
    }
  }

  /// Go's own code opens our checkpoints and proofs, and we open those it makes.
  @Test func theGoRefereeAgrees() throws {
    let go = try GoReferee()
    try shell.expectSuccess(
      """
      ledger-verify checkpoint -o kept; ledger-verify key > key
      for n in 0 3 5; do
        ledger-verify prove $n --checkpoint kept -o $n.tlog-proof
        sed -n $((n + 1))p l | tr -d '\\n' > $n.leaf
      done
      """)
    let text = { (name: String) in String(decoding: try shell.folder.read(name), as: UTF8.self) }
    let key = try text("key").split(separator: "\n").map(String.init)[0]
    let opened = try go.run(["open", key], input: text("kept"))
    #expect(opened.status == 0, "\(opened.errors)")
    #expect(
      opened.text == (try text("kept").split(separator: "\n").prefix(3).joined(separator: "\n"))
        + "\n")
    for entry in ["0", "3", "5"] {
      let (leaf, proof) = (
        shell.folder.path("\(entry).leaf"), shell.folder.path("\(entry).tlog-proof")
      )
      let checked = try go.run(["check", key, leaf, proof])
      #expect(checked.status == 0, "\(checked.errors)")
      let other = shell.folder.path(entry == "0" ? "3.leaf" : "0.leaf")
      #expect(try go.run(["check", key, other, proof]).status == 1)
      let seed = String(repeating: "07", count: 32)
      let made = try go.run(["make", seed, "go.example/l", shell.folder.path("l"), entry])
      #expect(made.status == 0, "\(made.errors)")
      try shell.folder.write("go.tlog-proof", made.output)
      // The key of that seed, as our own tools make it.
      try shell.expectSuccess(
        """
        printf 'sukashi-signing-key 1\\n# name: go\\nsecret \(seed)\\n' > go.key; chmod 600 go.key
        ledger-enroll --ledger go --as go --signing-key go.key --open go.example/l 2> /dev/null || true
        ledger-verify check -q --key $(ledger-verify key --ledger go) --entry \(entry).leaf go.tlog-proof
        """)
    }
  }
}
