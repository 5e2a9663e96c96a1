import Testing
import _TestSupport

/// No receipt is given before the disk has what it is for.
@Suite struct SyncBeforeReceiptTests {
  let ledger: CrashLedger

  init() throws { ledger = try CrashLedger() }

  private func logged(
    _ lines: [String], _ options: [String] = [], under: [String] = []
  ) throws -> (log: SystemCallLog, ended: Subprocess) {
    let trace = ledger.folder.path("trace")
    let ended = try ledger.append(
      lines, options: options, under: ["strace", "-f", "-qq", "-o", trace] + under)
    return (try SystemCallLog(reading: trace), ended)
  }

  @Test func syncComesBeforeReceipt() throws {
    let (log, ended) = try logged(["a", "b", "c"].map(CrashLedger.report))
    #expect(ended.text == "2 a\n3 b\n4 c\n", "\(ended.errors)")
    #expect(log.unsafeReceipt(ledger: ledger.path) == nil)
    // One sync for each entry.
    #expect(log.calls.count { $0.name == "fdatasync" } == 3)
  }

  @Test func batchHasOneSyncBeforeItsReceipts() throws {
    // 100 lines are signed on several threads.
    let (log, ended) = try logged(
      (0..<100).map { CrashLedger.report("b\($0)") }, ["--batch", "100"])
    #expect(ended.text.split(separator: "\n").count == 100, "\(ended.errors)")
    #expect(log.unsafeReceipt(ledger: ledger.path) == nil)
    #expect(log.calls.count { $0.name == "fdatasync" } == 1)
  }

  @Test func entryThatNobodySyncedIsSyncedBeforeItsReceiptIsGivenAgain() throws {
    let killed = try ledger.append(
      [CrashLedger.report("a")],
      under: [
        "strace", "-f", "-qq", "-o", "/dev/null", "-e", "inject=fdatasync:signal=KILL:when=1",
      ])
    #expect(killed.status == 137)
    #expect(killed.text.isEmpty)
    #expect(try ledger.places(of: "a") == [2], "the line is to be there already")
    let (log, ended) = try logged([CrashLedger.report("a")])
    #expect(ended.text == "2 a again\n", "\(ended.errors)")
    #expect(log.unsafeReceipt(ledger: ledger.path) == nil)
    #expect(log.calls.contains { $0.name == "fdatasync" && $0.result == 0 })
  }

  // The assertion itself.

  @Test func missingSyncIsNoticed() throws {
    // With a fdatasync that does nothing.
    let (log, ended) = try logged([CrashLedger.report("a")], under: ["eatmydata"])
    #expect(ended.text == "2 a\n", "\(ended.errors)")
    #expect(log.unsafeReceipt(ledger: ledger.path)?.contains("2 a") == true)
  }

  @Test(arguments: [
    // The sync comes too late, fails, is of another file, or has not come back.
    ["write(4, \"{\"..., 9) = 9", "write(1, \"2 a\\n\", 4) = 4", "fdatasync(4) = 0"],
    [
      "write(4, \"{\"..., 9) = 9", "fdatasync(4) = -1 EIO (INJECTED)",
      "write(1, \"2 a\\n\", 4) = 4",
    ],
    ["write(4, \"{\"..., 9) = 9", "fdatasync(5) = 0", "write(1, \"2 a\\n\", 4) = 4"],
    [
      "write(4, \"{\"..., 9) = 9", "fdatasync(4 <unfinished ...>", "write(1, \"2 a\\n\", 4) = 4",
      "<... fdatasync resumed>) = 0",
    ],
    ["fdatasync(4) = 0", "write(4, \"{\"..., 9) = 9", "write(1, \"2 a\\n\", 4) = 4"],
  ])
  func doctoredLogsAreNoticed(_ calls: [String]) {
    let text = (["openat(AT_FDCWD, \"l\", O_RDWR|O_APPEND|O_CLOEXEC) = 4"] + calls).enumerated()
      .map { "\($0.element.hasPrefix("write(1") ? 8 : 7) \($0.element)\n" }.joined()
    #expect(SystemCallLog(text).unsafeReceipt(ledger: "l") != nil)
  }
}
