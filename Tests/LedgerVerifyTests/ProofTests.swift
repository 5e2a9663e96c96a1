import Testing
import _TestSupport

/// Proofs of every entry and of every growth of a small ledger, and what is made of changed ones.
@Suite struct ProofTests {
  let shell: VerifyShell
  let key: String

  /// Makes a checkpoint of every size, `c1` the first.
  init() throws {
    shell = try VerifyShell()
    let lines = try shell.lines
    for size in lines.indices.map({ $0 + 1 }) {
      try shell.write(Array(lines[..<size]))
      try shell.expect(0, "ledger-verify checkpoint -o c\(size)")
    }
    key = try shell.expect(0, "ledger-verify key").split(separator: "\n").joined()
  }

  @Test func everyEntryIsProvedByNumberAndIdentifier() throws {
    let lines = try shell.lines
    let ids = try shell.expect(0, "jq -r .id l").split(separator: "\n")
    #expect(ids.count == lines.count)
    for size in [1, 2, 7, 10] {
      try shell.expect(
        0,
        """
        set -e
        key=$(ledger-verify key)
        number=0
        for id in $(head -n \(size) l | jq -r .id); do
          ledger-verify prove $number --checkpoint c\(size) -o by-number
          ledger-verify prove $id --checkpoint c\(size) | cmp - by-number
          sed -n $((number + 1))p l > entry
          ledger-verify check by-number | grep -q "included entry=$number entries=\(size) "
          ledger-verify check --ledger none --key "$key" --entry entry - < by-number > out
          ledger-verify check --ledger none --key "$key" --entry - by-number < entry | cmp - <(
            sed 's/standard input/by-number/' out)
          number=$((number + 1))
        done
        test $number = \(size)
        """)
    }
    try shell.expect(1, "ledger-verify prove 7 --checkpoint c7", "entry 7 is not among the 7")
    try shell.expect(
      0,
      "ledger-verify prove 3 | ledger-verify check --json "
        + "| jq -c '[keys_unsorted, .type, .file, .entry, .entries, .signers]'",
      #"[["type","file","origin","entry","entries","root","signers","cosigners"],"included","#
        + #""standard input",3,10,["ledger.example/t"]]"#)
  }

  @Test func everyGrowthIsProved() throws {
    try shell.expect(
      0,
      """
      set -e
      for old in $(seq 10); do
        for new in $(seq $old 10); do
          ledger-verify prove --since c$old --checkpoint c$new -o proof
          ledger-verify check --since c$old proof | grep -q "consistent old=$old entries=$new "
          other=$((old % 10 + 1))
          if ledger-verify check -q --since c$other proof; then exit 3; else test $? = 1; fi
        done
      done
      """)
    try shell.expect(1, "ledger-verify prove --since c5 --checkpoint c4", "fewer than the 5")
    try shell.expect(
      0,
      "ledger-verify prove --since c3 --checkpoint c8 | ledger-verify check --since c3 --json "
        + "| jq -c '[keys_unsorted, .type, .old_entries, .entries]'",
      #"[["type","file","origin","old_entries","entries","root"],"consistent",3,8]"#)
    try shell.expect(2, "ledger-verify prove --since c3 | ledger-verify check", "use --since FILE")
  }

  /// The text with a letter of one line made another, for each line that has one.
  private func changes(of text: String) -> [String] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    return lines.indices.dropLast().filter { !lines[$0].isEmpty }.map { number in
      var changed = lines
      // In the middle, where every letter of Base64 is as good as another.
      let middle = lines[number].utf8.count / 2
      var units = Array(lines[number].utf8)
      units[middle] = units[middle] == UInt8(ascii: "7") ? UInt8(ascii: "8") : UInt8(ascii: "7")
      changed[number] = String(decoding: units, as: UTF8.self)
      return changed.joined(separator: "\n")
    }
  }

  /// No change of a line goes unseen.
  ///
  /// What is a proof but does not hold has status 1, what is none has status 2.
  @Test func changedProofsDoNotHold() throws {
    try shell.expect(0, "sed -n 4p l > entry; sed -n 5p l > other")
    for (command, check) in [
      ("prove 3 --checkpoint c10", "check --entry entry --key '\(key)'"),
      ("prove --since c3 --checkpoint c7", "check --since c3 --key '\(key)'"),
    ] {
      let proof = try shell.expect(0, "ledger-verify \(command)")
      let changed = changes(of: proof)
      #expect(changed.count == proof.split(separator: "\n").count)
      var refused = 0
      for (number, text) in changed.enumerated() {
        try shell.folder.write("changed", Array(text.utf8))
        let ended = try shell.run("ledger-verify \(check) changed")
        #expect(ended.status == 1 || ended.status == 2, "line \(number + 1): \(ended.text)")
        #expect(ended.errors.isEmpty == (ended.status == 1), "line \(number + 1)")
        if ended.status == 1 { refused += 1 }
      }
      // All but the heading, or numbers that are none any more.
      #expect(refused >= changed.count - 2, "\(command)")

      let lines = proof.split(separator: "\n", omittingEmptySubsequences: false)
      for number in lines.indices.dropLast() {
        // Cut off anywhere it is no proof any more.
        let cut = lines[..<number].map { $0 + "\n" }.joined()
        try shell.folder.write("changed", Array(cut.utf8))
        try shell.expect(2, "ledger-verify \(check) changed", "'changed': ")
      }
      let hash = try #require(lines.firstIndex { $0.utf8.count == 44 })
      for text in [
        lines[..<hash] + lines[(hash + 1)...], lines[...hash] + lines[hash...],
      ] {
        try shell.folder.write("changed", Array(text.joined(separator: "\n").utf8))
        try shell.expect(1, "ledger-verify \(check) changed", "changed: the proof has ")
      }
    }
    try shell.expect(0, "ledger-verify prove 3 --checkpoint c10 -o proof")
    try shell.expect(1, "ledger-verify check --entry other --key '\(key)' proof", "another root")
    try shell.expect(1, "ledger-verify check -q --entry other --key '\(key)' proof")
    try shell.expect(
      1, "ledger-verify check --json --entry other --key '\(key)' proof | jq -r .type; exit 1",
      "fault")
  }

  @Test func whatIsNoProofIsAnError() throws {
    var random = SeededGenerator(seed: 9)
    for (name, bytes) in [
      ("noise", random.bytes(5000)), ("empty", []), ("old", Array("old x\n\n".utf8)),
      ("old-1", Array("old 1\nnonsense\n\n".utf8)), ("old-2", Array("old 1\n\n".utf8)),
    ] {
      try shell.folder.write(name, bytes)
      try shell.expect(2, "ledger-verify check \(name)", "'\(name)': ")
      try shell.expect(2, "ledger-verify check < \(name)", "standard input")
    }
    try shell.expect(2, "ledger-verify check c1", "'c1': ")
    try shell.expect(2, "ledger-verify check l", "'l': ")
    try shell.expect(2, "ledger-verify check --key nonsense <(ledger-verify prove 1)", "'nonsense'")
    try shell.expect(2, "head -c 2M /dev/zero > large; ledger-verify check large", "1 MiB")
    try shell.expect(0, "ledger-verify prove 3 -o proof")
    try shell.expect(2, "unset SUKASHI_LEDGER; ledger-verify check proof", "use --entry FILE")
    try shell.expect(
      2, "unset SUKASHI_LEDGER; ledger-verify check --entry l proof", "use --key KEY")
  }

  /// A proof that is looked at with the ledger, which has lost the entry.
  @Test func aProofOutlivesTheLedger() throws {
    try shell.expect(0, "ledger-verify prove 9 -o proof; ledger-verify prove 3 -o other")
    try shell.write(try shell.lines.dropLast(2))
    try shell.expect(1, "ledger-verify check proof", "fewer than the 10")
    try shell.expect(0, "ledger-verify check other", "included entry=3 entries=10")
  }
}
