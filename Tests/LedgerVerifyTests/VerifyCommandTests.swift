import Testing
import _TestSupport

/// What ledger-verify says of a ledger, and its exit status.
@Suite struct VerifyCommandTests {
  let shell: VerifyShell

  init() throws { shell = try VerifyShell() }

  @Test func aGoodLedgerIsVerified() throws {
    let count = ExampleLedger.entries.count + 1
    for command in ["ledger-verify", "ledger-verify ledger", "ledger-verify --no-index"] {
      try shell.expect(0, command, "l: verified entries=\(count) root=")
    }
    #expect(try shell.expect(0, "ledger-verify -q") == "")
    #expect(try shell.expect(0, "ledger-verify -v").hasSuffix(" origin=ledger.example/t\n"))
  }

  @Test func jsonHasMembers() throws {
    try shell.expect(
      0, "ledger-verify --json | jq -c '[keys_unsorted, .type, .file, .origin, .entries]'",
      #"[["type","file","origin","entries","root","torn_bytes","backward_clocks"],"verified","#
        + #""l","ledger.example/t",\#(ExampleLedger.entries.count + 1)]"#)
    try shell.expect(
      1, "sed -i 's/late/soon/' l; ledger-verify --json",
      #"{"type":"fault","file":"l","entry":7,"reason":"entry 7 (line 8): the signature is not "#
        + "that of 'cs' over these bytes\"}\n")
  }

  @Test func theFirstWrongEntryIsNamed() throws {
    let lines = try shell.lines
    for number in lines.indices {
      var changed = lines
      changed[number] = changed[number].replacing(#","id":""#, with: #","id":"x"#)
      try shell.write(changed)
      try shell.expect(1, "ledger-verify", "l: entry \(number) (line \(number + 1)): ")
      #expect(try shell.expect(1, "ledger-verify -q") == "")
    }
    for number in lines.indices.dropLast() {
      var fewer = lines
      fewer.remove(at: number)
      try shell.write(fewer)
      try shell.expect(1, "ledger-verify", "l: entry \(number) (line \(number + 1)): ")
    }
  }

  @Test func aTornLineIsAWarning() throws {
    try shell.folder.write("l", try shell.folder.read("l").dropLast(30))
    let ended = try shell.run("ledger-verify")
    #expect(ended.status == 0)
    #expect(ended.text.contains("verified entries=\(ExampleLedger.entries.count) "))
    #expect(
      ended.errors.contains("warning: line \(ExampleLedger.entries.count + 1) is cut short"),
      "\(ended.errors)")
    try shell.expect(0, "ledger-verify --json 2> /dev/null | jq '.torn_bytes > 100'", "true")
    try shell.expect(1, "echo >> l; ledger-verify", "entry \(ExampleLedger.entries.count) ")
  }

  @Test func aClockThatGoesBackwardsIsAWarning() throws {
    let line = #"{"body":{"number":3,"party":"carol","role":"user"},"id":"e9","kind":"enrolled"}"#
    try shell.folder.write("late", Array((line + "\n").utf8))
    let append = try BuiltTools.path("_ledger-append")
    try shell.expect(0, "faketime '2001-01-01 00:00:00' \(append) --silent late")
    let ended = try shell.run("ledger-verify")
    #expect(ended.status == 0 && ended.errors.contains("the clock goes backwards at entry 10"))
    try shell.expect(0, "ledger-verify --json 2> /dev/null | jq -c .backward_clocks", "[10]")
  }

  @Test func whatCannotBeCheckedIsAnError() throws {
    try shell.expect(2, "ledger-verify --ledger none", "cannot open ledger 'none'")
    try shell.expect(2, "ledger-verify --ledger .", "'.' is not a file")
    try shell.expect(2, ": > empty; ledger-verify --ledger empty", "'empty' is empty")
    try shell.expect(2, "unset SUKASHI_LEDGER; ledger-verify", "no ledger is named")
    try shell.expect(2, "ledger-verify --checkpoint none", "cannot open 'none'")
    try shell.expect(2, "ledger-verify --checkpoint l", "'l': the note has no signatures")
    try shell.expect(2, "ledger-verify --since cs.key", "'cs.key': ")
    try shell.expect(2, "ledger-verify --key nonsense", "'nonsense'")
    try shell.expect(2, "ledger-verify nonsense", "see ledger-verify --help")
    for command in ["checkpoint", "cosign none", "prove 1", "check none", "key"] {
      try shell.expect(2, "ledger-verify \(command) --ledger none", "cannot open")
    }
  }

  @Test func garbageIsNoLedger() throws {
    var random = SeededGenerator(seed: 7)
    for (name, bytes) in [
      ("noise", random.bytes(100_000)), ("text", Array("no ledger\n".utf8)),
      ("line-end", Array("\n".utf8)), ("json", Array("{}\n{}\n".utf8)),
      ("endless", [UInt8](repeating: 0x61, count: 20_000_000)),
    ] {
      try shell.folder.write(name, bytes)
      let ended = try shell.run("ledger-verify --ledger \(name)")
      #expect(ended.status == 1 && ended.errors.isEmpty, "\(name): \(ended.errors)")
      #expect(ended.text.hasPrefix("\(name): "), "\(ended.text)")
    }
  }

  @Test func aFullDiskIsAnErrorAndAClosedPipeNone() throws {
    try shell.expect(0, "ledger-verify checkpoint -o c; ledger-verify prove 1 --checkpoint c -o p")
    for command in [
      "", "--json", "checkpoint", "prove 1", "prove --since c", "check p", "key", "cosign c",
    ] {
      let full = try shell.run("ledger-verify \(command) > /dev/full")
      #expect(full.status == 2 && full.errors.contains("no space left"), "\(full.errors)")
      let closed = try shell.run("(sleep 0.2; ledger-verify \(command); echo $? > status) | true")
      #expect(closed.errors.isEmpty, "\(closed.errors)")
      #expect(try shell.text("status") == "141\n", "\(command)")
    }
  }

  @Test func nothingIsLeftBehind() throws {
    let before = shell.folder.entries
    try shell.expect(2, "ledger-verify checkpoint --signing-key w.key -o c", "not the one 'cs' is")
    try shell.expect(2, "ledger-verify prove 99 -o c", "there is no entry '99' among the 10")
    try shell.expect(2, "ledger-verify prove -o c", "name either an entry")
    try shell.expect(2, "ledger-verify cosign l -o c", "'l': ")
    #expect(Set(shell.folder.entries).subtracting(before).isSubset(of: ["l.lock", "l.index"]))
  }
}
