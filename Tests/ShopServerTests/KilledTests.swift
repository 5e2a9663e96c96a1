import Testing
import _TestSupport

/// A shop that dies at any of its system calls, or whose disk fails, loses nothing, bills once and
/// leaves nothing behind.
@Suite struct KilledTests {
  private static let calls = ["write", "fsync", "rename", "unlink", "openat", "pwrite64"]
  private static let places = [1, 2, 4, 7, 12, 20]

  /// Stops a command at many of the system calls that change files.
  ///
  /// - Parameters:
  ///   - line: the command, from `shop-burn` on.
  ///   - fault: what happens to a call.
  ///   - shell: where it runs.
  ///   - check: is told of each stop; what the command was to do must be done behind it.
  /// - Throws: what `check` throws, and what cannot be run.
  private func stop(
    _ line: String, by fault: String, in shell: ShopShell, _ check: (String) throws -> Void
  ) throws {
    try shell.expectSuccess("rm -rf *.before; cp l l.before; cp -r shop shop.before")
    let traced =
      try "as kiosk shop strace -qq -o trace -e trace=CALL -e inject=CALL:\(fault):when=WHEN "
      + BuiltTools.path("shop-burn") + " "
    var stopped = 0
    for call in Self.calls {
      for when in Self.places {
        try shell.expectSuccess(
          "rm -rf shop l.index* disc*; cp l.before l; cp -r shop.before shop")
        let result = try shell.run(
          traced.replacing("CALL", with: call).replacing("WHEN", with: "\(when)") + line)
        // The program was not even loaded, or there were not so many calls.
        if result.status == 127 { continue }
        if result.status == 0 { break }
        stopped += 1
        try check("\(call) \(when): \(result.status) \(result.errors)")
      }
    }
    #expect(stopped > 10, "\(line)")
  }

  @Test(arguments: ["signal=KILL", "error=EIO"]) func image(_ fault: String) throws {
    let shell = try ShopShell([ShopShell.Title(name: "t1", seconds: 4)])
    try shell.expectSuccess(
      """
      parcel o1 --content t1 > p.tar
      shop --keep p.tar; cp -r shop kept; cp l l.kept
      shop --image want.cue --retry o1; rm -rf shop; mv kept shop; cp l.kept l; rm -f l.index*
      """)
    try stop("--image disc.cue --retry o1", by: fault, in: shell) { place in
      // The same command again, unless the end was reached: gc finishes that.
      let again = try shell.run("shop --gc; test -d shop/holdings/o1 || exit 3")
      if again.status != 3 { try shell.expectSuccess("shop --image disc.cue --retry o1") }
      try shell.expectSuccess(
        "cmp disc.bin want.bin; test -s disc.cue; shop --gc; ledger-verify -q")
      #expect(try shell.kinds(of: "o1") == burnedKinds, "\(place)")
      #expect(try shell.leftovers.isEmpty, "\(place)")
      #expect(try shell.run("ls -A shop/holdings").text.isEmpty, "\(place)")
    }
  }

  @Test func parcel() throws {
    let shell = try ShopShell([ShopShell.Title(name: "t1", seconds: 4)])
    try shell.expectSuccess("parcel o1 --content t1 > p.tar; mkdir shop/holdings")
    try stop("--image disc.cue p.tar", by: "signal=KILL", in: shell) { place in
      // Not taken, taken, or burned.
      let result = try shell.run("shop --image disc.cue p.tar")
      let isOver =
        result.errors.contains("it was burned")
        || result.errors.contains("the holding of the order 'o1' is ended")
      #expect(result.status == 0 || isOver, "\(place): \(result.errors)")
      try shell.expectSuccess("shop --gc; test -s disc.cue; test -s disc.bin; ledger-verify -q")
      #expect(try shell.kinds(of: "o1") == burnedKinds, "\(place)")
      #expect(try shell.run("ls -A shop/holdings").text.isEmpty, "\(place)")
    }
  }

  @Test func drive() throws {
    let shell = try ShopShell([ShopShell.Title(name: "t1", seconds: 4)])
    try shell.expectSuccess("data o1 --content t1 | shop --keep")
    try stop("--device stdio:disc --retry o1", by: "signal=KILL", in: shell) { place in
      // The medium is lost, unless it was good already; another one is put in.
      let result = try shell.run("shop --gc; test -d shop/holdings/o1 || exit 3")
      if result.status != 3 {
        try shell.expectSuccess(
          "rm -f disc.2; shop --device stdio:disc.2 --retry o1; test ! -e disc.2 || mv disc.2 disc")
      }
      try shell.expectSuccess("shop --gc; ledger-verify -q; 7z t disc > log")
      let kinds = try shell.kinds(of: "o1")
      #expect(kinds.filter { $0 != "spoiled" } == burnedKinds, "\(place): \(kinds)")
      #expect(kinds.filter { $0 == "spoiled" }.count < 2, "\(place): \(kinds)")
      #expect(try shell.run("ls -A shop/holdings").text.isEmpty, "\(place)")
    }
  }
}
