import Glibc
import Ledger
import Masters
import Testing
import _TestSupport

/// A publisher that dies or whose disk fails leaves nothing that the next one does not finish.
@Suite struct PublishCrashTests {
  private static let line = "--content c --title Song \(ContentServerShell.terms)"

  /// Kills the tool at every tenth of its system calls that change files.
  @Test(arguments: ["b.wav --replace", "a.wav"])
  func killedAnywhere(_ recording: String) throws {
    let shell = try ContentServerShell()
    let isReplaced = recording.hasPrefix("b")
    let calls = "write,fsync,fdatasync,rename,renameat2,mkdir,unlink,rmdir,fchmod,openat"
    try shell.expectSuccess("cp l l.before; mkdir -p store")
    if isReplaced {
      try shell.publish("c")
      try shell.expectSuccess("cp l l.before; cp -r store store.before")
    }
    let restore =
      "rm -rf store l l.*[!e] l.index; cp l.before l; "
      + (isReplaced ? "cp -r store.before store" : "mkdir store")
    try shell.expectSuccess(restore)
    let count = try shell.run(
      "strace -f -qq -o trace -e trace=\(calls) $BIN/cs-publish \(Self.line) \(recording)"
        + " && grep -c '^[0-9]* *[a-z]' trace")
    let total = try #require(Int(count.text.split(separator: "\n").last ?? ""))
    #expect(total > 40)
    var killed = 0
    var kinds = [0, 0, 0]
    for call in calls.split(separator: ",") {
      for when in [1, 2, 3, 5, 8, 13] {
        try shell.expectSuccess(restore)
        let result = try shell.run(
          "strace -f -qq -o /dev/null -e trace=\(call) -e inject=\(call):signal=KILL:when=\(when)"
            + " $BIN/cs-publish \(Self.line) \(recording)")
        if result.status == 0 { break }
        killed += 1
        let published = try shell.entries(Published.self).count - (isReplaced ? 1 : 0)
        kinds[published == 1 ? 2 : shell.folder.entries.contains("store") ? 1 : 0] += 1
        // Whatever the ledger promises is there, unless it is being replaced.
        if published == 1 { _ = try shell.master("c") }
        try shell.expectSuccess(
          "cs-publish \(Self.line) \(recording); cs-publish --verify; ledger-verify -q")
        #expect(try shell.entries(Published.self).count == (isReplaced ? 2 : 1))
        #expect(try TemporaryNames.left(in: shell).isEmpty, "\(call) \(when)")
      }
    }
    #expect(killed > 20)
    #expect(kinds[1] > 0 && kinds[2] > 0)
  }

  @Test(.enabled(if: geteuid() == 0, "only root can mount")) func fullDisk() throws {
    let shell = try ContentServerShell()
    try shell.expectSuccess("mkdir store")
    let store = shell.folder.path("store")
    let mounted = try Subprocess.run("mount", ["-t", "tmpfs", "-o", "size=1m", "none", store])
    try #require(mounted.status == 0, "\(mounted.errors)")
    defer { _ = try? Subprocess.run("umount", ["-l", store]) }
    let refusal = try shell.expectRefusal("cs-publish \(Self.line) a.wav")
    #expect(refusal.hasSuffix("no space left on device"), "\(refusal)")
    #expect(try TemporaryNames.left(in: shell).isEmpty)
    #expect(
      try shell.run("mount -o remount,size=16m \(store)").status == 0)
    try shell.expectSuccess("cs-publish \(Self.line) a.wav; cs-publish --verify")
  }

  @Test func whatNobodyPublishedMayBeReplaced() throws {
    let shell = try ContentServerShell()
    try shell.publish("c")
    // As when the tool died between the master and the entry.
    try shell.expectSuccess(
      "cp -r store kept; grep -v '\"kind\":\"published\"' l > l2; mv l2 l; rm -f l.index")
    try shell.publish("c", "b.wav")
    #expect(try shell.entries(Published.self).count == 1)
    try shell.expectSuccess("cs-publish --verify")
  }

  @Test func twoAtOnceAreOne() throws {
    let shell = try ContentServerShell()
    let result = try shell.run(
      "for i in 1 2 3 4; do cs-publish \(Self.line) a.wav & jobs=\"$jobs $!\"; done\n"
        + "for j in $jobs; do wait $j || exit; done")
    #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
    #expect(try shell.entries(Published.self).count == 1)
    #expect(try TemporaryNames.left(in: shell).isEmpty)
  }
}
