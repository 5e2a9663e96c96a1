import Testing
import _TestSupport

/// The index may be removed, cut or overwritten at any time; the ledger is what counts.
@Suite struct IndexDamageTests {
  let ledger: CrashLedger
  let index: [UInt8]

  init() throws {
    ledger = try CrashLedger(entries: 300, indexed: 256)
    index = try ledger.folder.read("ledger.index")
  }

  /// Entries inside and behind the index are still found.
  ///
  /// - Parameters:
  ///   - damage: what was done.
  ///   - mayStay: whether there may be damage that was not met yet; verification finds it.
  /// - Throws: `TestFailure`.
  private func check(_ damage: String, mayStay: Bool = false) throws {
    let count = try ledger.lines().count
    let known = [
      #"{"body":{"number":1,"party":"u1","role":"user"},"id":"u1","kind":"enrolled"}"#,
      CrashLedger.report("filled-2"), CrashLedger.report("filled-255"),
      CrashLedger.report("filled-256"), CrashLedger.report("filled-299"),
    ]
    let ended = try ledger.append(known + [CrashLedger.report("new-\(count)")])
    #expect(
      ended.text == """
        1 u1 again
        2 filled-2 again
        255 filled-255 again
        256 filled-256 again
        299 filled-299 again
        \(count) new-\(count)

        """, "\(damage): \(ended.errors)")
    #expect(ended.status == 0, "\(damage)")
    let checked = try ledger.verify()
    if mayStay, checked.status == 1, checked.text.contains("the index is wrong: ") {
      ledger.removeIndex()
      return try check(damage)
    }
    #expect(checked.status == 0 && checked.errors.isEmpty, "\(damage): \(checked.text)")
  }

  @Test func indexMayBeCutAnywhere() throws {
    let state = try ledger.state()
    #expect(index.count > 4 * 4096)
    for size in [0, 1, 15, 99, 100, 512, 4095, 4096, 8192, index.count - 4096, index.count - 1] {
      try ledger.restore(state)
      try ledger.folder.write("ledger.index", index[..<size])
      try check("\(size) bytes")
    }
  }

  /// Each page in turn: as after a hole in the file, and as after a bad copy.
  @Test(arguments: [UInt8(0), 0xA5]) func pagesMayBeOverwritten(_ byte: UInt8) throws {
    let state = try ledger.state()
    for page in 0..<index.count / 4096 {
      try ledger.restore(state)
      var damaged = index
      damaged.replaceSubrange(
        page * 4096..<page * 4096 + 4096, with: repeatElement(byte, count: 4096))
      try ledger.folder.write("ledger.index", damaged)
      try check("page \(page)", mayStay: true)
    }
  }

  @Test func otherFilesInItsPlace() throws {
    let state = try ledger.state()
    var random = SeededGenerator(seed: 1)
    for (name, bytes) in [
      ("garbage", random.bytes(9000)), ("text", Array("no index\n".utf8)),
      ("another database", try otherDatabase()),
    ] {
      try ledger.restore(state)
      try ledger.folder.write("ledger.index", bytes)
      try check(name)
    }
    try ledger.restore(state)
    ledger.removeIndex()
    try check("nothing")
  }

  private func otherDatabase() throws -> [UInt8] {
    let made = try Subprocess.run(
      "python3",
      [
        "-c",
        "import sqlite3, sys; d = sqlite3.connect(sys.argv[1]); d.execute('create table a (b)'); "
          + "d.commit()", ledger.folder.path("other"),
      ])
    #expect(made.status == 0, "\(made.errors)")
    return try ledger.folder.read("other")
  }

  @Test func indexMayBeRemovedWhileWritersRun() throws {
    let command = try ledger.command().map { "'\($0)'" }.joined(separator: " ")
    for writer in 0..<2 {
      let lines = (0..<700).map { CrashLedger.report("w\(writer)-\($0)") + "\n" }
      try ledger.folder.write("entries.\(writer)", lines.joined().utf8)
    }
    let ended = try Subprocess.shell(
      """
      for w in 0 1; do
        for n in $(seq 0 9); do
          sed -n "$((n * 70 + 1)),$((n * 70 + 70))p" entries.$w | \(command) --batch 7 - || echo $?
        done > receipts.$w &
      done
      for n in $(seq 25); do
        sleep 0.05
        case $((n % 3)) in
          0) rm -f ledger.index ledger.index-journal ;;
          1) : > damaged; mv damaged ledger.index ;;
          2) head -c 8192 /dev/urandom > damaged; mv damaged ledger.index ;;
        esac
      done
      wait
      cat receipts.* | awk '{ print $1 }' | sort -n | uniq | wc -l
      """, folder: ledger.folder.path, seconds: 100)
    #expect(ended.text == "1400\n", "\(ended.text)\(ended.errors)")
    #expect(try ledger.lines().count == 1700)
    // The last damage may still be there.
    _ = try ledger.append([CrashLedger.report("last")])
    let checked = try ledger.verify()
    #expect(checked.status == 0, "\(checked.text)\(checked.errors)")
  }

  @Test func indexOfALongerLedgerIsEvidence() throws {
    let lines = try ledger.lines()
    try ledger.folder.write("ledger", lines[..<200].map { $0 + "\n" }.joined().utf8)
    let ended = try ledger.append([CrashLedger.report("new")])
    #expect(ended.status == 2 && ended.text.isEmpty)
    #expect(
      ended.errors.contains("error: '\(ledger.path)' has lost entries: its index knows 256\n"),
      "\(ended.errors)")
    #expect(try ledger.lines().count == 200)
    #expect(try ledger.verify().status == 1)
  }

  @Test func indexOfAnotherLedgerIsEvidence() throws {
    let other = try CrashLedger(entries: 300)
    try other.folder.write("ledger.index", index)
    let before = try other.folder.read("ledger")
    let ended = try other.append([CrashLedger.report("new")])
    #expect(ended.status == 2 && ended.text.isEmpty)
    #expect(
      ended.errors.contains(
        "error: '\(other.path)' was changed: entry 255 is not the one its index knows\n"),
      "\(ended.errors)")
    let isUnchanged = try other.folder.read("ledger") == before
    #expect(isUnchanged)
    #expect(try other.verify().status == 1)
    other.removeIndex()
    #expect(try other.append([CrashLedger.report("new")]).text == "300 new\n")
  }
}
