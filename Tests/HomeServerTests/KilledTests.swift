import CommandLineSupport
import Ledger
import Testing
import _TestSupport

/// A home server that dies at any of its system calls leaves nothing that the next one does not
/// finish.
@Suite struct KilledTests {
  private static let calls = "write,fsync,rename,renameat2,mkdir,unlink,rmdir,openat,pwrite64"

  /// Kills a command at many of the system calls that change files.
  ///
  /// - Parameters:
  ///   - line: the command, of one process.
  ///   - shell: where it runs.
  ///   - check: is told of each kill; what the command was to do must be done behind it.
  /// - Throws: what `check` throws, and what cannot be run.
  private func kill(_ line: String, in shell: HomeShell, _ check: (String) throws -> Void) throws {
    try shell.expectSuccess("rm -rf *.before; cp l l.before; cp -r house house.before")
    let traced =
      try "as home house strace -f -qq -o trace"
      + " -e trace=CALLS -e inject=CALLS:signal=KILL:when=WHEN \(BuiltTools.path("hs-store")) "
    var killed = 0
    for call in Self.calls.split(separator: ",") {
      for when in [1, 2, 3, 4, 5, 7, 10, 13, 17, 22] {
        try shell.expectSuccess(
          "rm -rf house l.index* song.wav; cp l.before l; cp -r house.before house")
        let result = try shell.run(
          traced.replacing("CALLS", with: call).replacing("WHEN", with: "\(when)") + line)
        if result.status == 0 { break }
        #expect(result.status == 137, "\(call) \(when): \(result.errors)")
        killed += 1
        try check("\(call) \(when)")
      }
    }
    #expect(killed > 20, "\(line)")
  }

  /// Lets many of a command's system calls fail, one after the other.
  ///
  /// - Parameters:
  ///   - line: the command, of one process.
  ///   - shell: where it runs.
  ///   - check: is told of each failure and whether the command failed; what it was to do must be done
  ///     behind it.
  /// - Throws: what `check` throws, and what cannot be run.
  private func disturb(
    _ line: String, in shell: HomeShell, _ check: (String, Bool) throws -> Void
  ) throws {
    try shell.expectSuccess("rm -rf *.before; cp l l.before; cp -r house house.before")
    let traced =
      try "as home house strace -f -qq -o trace"
      + " -e trace=CALLS -e inject=CALLS:error=EIO:when=WHEN \(BuiltTools.path("hs-store")) "
    var failed = 0
    for call in [
      "write", "pwrite64", "fsync", "fdatasync", "linkat", "rename", "unlink", "pread64",
    ] {
      for when in [1, 2, 3, 4, 6, 8, 11, 15] {
        try shell.expectSuccess(
          "rm -rf house l.index* song.wav; cp l.before l; cp -r house.before house")
        let result = try shell.run(
          traced.replacing("CALLS", with: call).replacing("WHEN", with: "\(when)") + line)
        let place = "\(call) \(when): \(result.errors)"
        // The program was not even loaded.
        if result.status == 127 { continue }
        #expect(result.status == 0 || result.status == 2, "\(place)")
        #expect((result.status == 2) == result.errors.contains("error: "), "\(place)")
        if result.status == 2 { failed += 1 }
        try check(place, result.status == 2)
      }
    }
    #expect(failed > 10, "\(line)")
  }

  @Test func aDiskThatFailsUnderPut() throws {
    let shell = try HomeShell()
    try shell.expectSuccess("parcel o1 --content t1 > p.tar; tar -xf p.tar")
    try disturb("put p.tar", in: shell) { place, _ in
      try shell.expectSuccess("hs put p.tar; hs gc; ledger-verify -q; hs send o1 | cmp - 1.wav")
      #expect(try shell.kinds(of: "o1") == sentKinds, "\(place)")
      #expect(try shell.run("ls -A house/holdings").text.isEmpty, "\(place)")
    }
  }

  @Test func aDiskThatFailsUnderSend() throws {
    let shell = try HomeShell()
    try shell.expectSuccess("parcel o1 --content t1 > p.tar; tar -xf p.tar; hs put p.tar")
    try disturb("send o1 -o song.wav", in: shell) { place, isFailed in
      if isFailed { _ = try shell.run("hs send o1 -o song.wav") }
      try shell.expectSuccess("hs gc; cmp song.wav 1.wav; ledger-verify -q")
      #expect(try shell.kinds(of: "o1") == sentKinds, "\(place)")
      #expect(try shell.run("ls -A house/holdings").text.isEmpty, "\(place)")
    }
  }

  @Test func put() throws {
    let shell = try HomeShell()
    try shell.expectSuccess("parcel o1 --content t1 > p.tar; tar -xf p.tar")
    try kill("put p.tar", in: shell) { place in
      // Either there is nothing, or a whole holding.
      try shell.expectSuccess("hs gc; hs put p.tar; hs gc; ledger-verify -q")
      #expect(try shell.kinds(of: "o1").filter { $0 == "stored" }.count == 1, "\(place)")
      let left = try shell.run("find house -type f | sed 's/.*\\///' | sort | tr '\\n' ' '").text
      #expect(left == "1.sealed ending.next key manifest.json since ", "\(place)")
      try shell.expectSuccess("hs send o1 | cmp - 1.wav")
    }
  }

  @Test func send() throws {
    let shell = try HomeShell()
    try shell.expectSuccess("parcel o1 --content t1 > p.tar; tar -xf p.tar; hs put p.tar")
    var ends = [0, 0]
    try kill("send o1 -o song.wav", in: shell) { place in
      let again = try shell.run("hs send o1 -o song.wav")
      let isOver = again.status == 2 && again.errors.contains("it was handed over")
      #expect(again.status == 0 || isOver, "\(place): \(again.errors)")
      ends[isOver ? 1 : 0] += 1
      try shell.expectSuccess("hs gc; cmp song.wav 1.wav; ledger-verify -q")
      #expect(try shell.kinds(of: "o1") == sentKinds, "\(place)")
      #expect(try shell.run("ls -A house/holdings").text.isEmpty, "\(place)")
    }
    #expect(ends[0] > 5 && ends[1] > 5)
  }

  @Test func finish() throws {
    let shell = try HomeShell()
    try shell.expectSuccess(
      """
      hs fee --currency JPY --view 5
      parcel o1 --use view --content t1 | hs put
      printf 'v 1 s1\\nw 1 0 2000\\n' > house/holdings/o1/viewings
      """)
    try kill("finish o1", in: shell) { place in
      try shell.expectSuccess("hs gc; hs finish o1; hs gc; ledger-verify -q")
      let kinds = try shell.kinds(of: "o1")
      #expect(
        kinds.suffix(5) == ["viewed", "deleted", "reported", "billed", "billed"]
          && Set(kinds.dropLast()).count == kinds.count - 1, "\(place): \(kinds)")
      #expect(try shell.bills(of: "o1").count == 2, "\(place)")
      #expect(try shell.run("ls -A house/holdings").text.isEmpty, "\(place)")
    }
  }
}
