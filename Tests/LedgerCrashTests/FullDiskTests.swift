import Glibc
import Testing
import _TestSupport

/// Real disks and limits that are reached in the middle of a line.
@Suite struct FullDiskTests {
  /// Appends until nothing goes any more, makes room with a line of shell, and goes on.
  private func fill(_ ledger: CrashLedger, under: [String], _ makeRoom: () throws -> Void) throws {
    let ids = (0..<400).map { "full-\($0)" }
    let ended = try ledger.append(ids.map(CrashLedger.report), under: under)
    #expect(ended.status == 2, "\(ended.text)")
    #expect(
      ended.errors.contains("error: cannot write 'ledger': only a part was written")
        || ended.errors.contains("error: cannot write '\(ledger.path)': only a part was written"),
      "\(ended.errors)")
    let receipts = ended.text.split(separator: "\n")
    let bytes = try ledger.folder.read("ledger")
    #expect(bytes.last == UInt8(ascii: "\n"), "a part of a line is left")
    #expect(try ledger.lines().count == receipts.count + 2)
    #expect(try ledger.verify().status == 0)
    // Nothing is written to a full disk but what was written before is still found.
    let again = try ledger.append(
      [CrashLedger.report("full-0"), CrashLedger.report("longer-than-the-others")], under: under)
    #expect(again.text == "2 full-0 again\n" && again.status == 2, "\(again.errors)")
    let isUnchanged = try ledger.folder.read("ledger") == bytes
    #expect(isUnchanged)
    try makeRoom()
    let rest = try ledger.append(ids.map(CrashLedger.report))
    #expect(rest.status == 0, "\(rest.errors)")
    #expect(rest.text.split(separator: "\n").count { $0.hasSuffix(" again") } == receipts.count)
    #expect(try ledger.lines().count == ids.count + 2)
    let checked = try ledger.verify()
    #expect(checked.status == 0 && checked.errors.isEmpty, "\(checked.text)\(checked.errors)")
  }

  @Test(.enabled(if: geteuid() == 0, "only root can mount")) func fullDisk() throws {
    let ledger = try CrashLedger()
    let state = try ledger.state()
    let folder = ledger.folder.path
    let mounted = try Subprocess.run("mount", ["-t", "tmpfs", "-o", "size=64k", "none", folder])
    try #require(mounted.status == 0, "\(mounted.errors)")
    defer { _ = try? Subprocess.run("umount", ["-l", folder]) }
    // The folder is hidden now, with the key in it.
    try ledger.restore(state)
    try ledger.restoreKey()
    try fill(ledger, under: []) {
      let larger = try Subprocess.run("mount", ["-o", "remount,size=8m", folder])
      #expect(larger.status == 0, "\(larger.errors)")
    }
  }

  @Test func limitOfFileSizes() throws {
    try fill(CrashLedger(), under: ["bash", "-c", "ulimit -f 40; exec \"$@\"", "limited"]) {}
  }

  /// The index is a convenience: a disk that is full for it alone costs no entry.
  @Test(.enabled(if: geteuid() == 0, "only root can mount")) func noRoomForTheIndex() throws {
    let ledger = try CrashLedger(entries: 255)
    let disk = ledger.folder.path("small")
    let mounted = try Subprocess.shell(
      "mkdir small && mount -t tmpfs -o size=8k none small && ln -s small/index ledger.index",
      folder: ledger.folder.path)
    try #require(mounted.status == 0, "\(mounted.errors)")
    defer { _ = try? Subprocess.run("umount", ["-l", disk]) }
    let ended = try ledger.append(["a", "b"].map(CrashLedger.report))
    #expect(ended.text == "255 a\n256 b\n" && ended.status == 0, "\(ended.errors)")
    #expect(try ledger.verify().status == 0)
    _ = try Subprocess.run("mount", ["-o", "remount,size=8m", disk])
    #expect(try ledger.append(["a", "c"].map(CrashLedger.report)).text == "255 a again\n257 c\n")
    let checked = try ledger.verify()
    #expect(checked.status == 0 && checked.errors.isEmpty, "\(checked.text)\(checked.errors)")
    #expect(try contents(of: disk + "/index").count > 8192)
  }
}
