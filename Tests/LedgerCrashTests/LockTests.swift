import Testing
import _TestSupport

/// One writer at a time, whoever holds or removes what.
@Suite struct LockTests {
  let ledger: CrashLedger

  init() throws { ledger = try CrashLedger() }

  /// Runs a line of shell, in which `append ID OPTION...` appends an entry, and `stopped` starts a
  /// writer of the entry `slow` that stops between write and sync, with its number in `$holder`.
  private func shell(_ line: String) throws -> Subprocess {
    let command = try ledger.command().map { "'\($0)'" }.joined(separator: " ")
    return try Subprocess.shell(
      """
      append() {
        sed "s/ID/$1/g" <<< '\(CrashLedger.report("ID"))' | \(command) "${@:2}" -
      }
      stopped() {
        sed "s/ID/slow/g" <<< '\(CrashLedger.report("ID"))' > slow.in
        strace -f -qq -o trace -e trace=write,fdatasync \
          -e inject=fdatasync:signal=STOP:when=1 \
          \(command) slow.in > slow.out 2> slow.err &
        for n in $(seq 1000); do
          holder=$(awk '/ write/ { print $1; exit }' trace 2> /dev/null)
          [ -n "$holder" ] && grep -q '^State:.*[Tt]' /proc/$holder/status && return
          sleep 0.01
        done
        echo nobody stopped; exit 9
      }
      \(line)
      """, folder: ledger.folder.path, seconds: 60)
  }

  @Test func lockOfAStoppedProcessIsWaitedForButNotStolen() throws {
    let ended = try shell(
      """
      stopped
      for n in 1 2; do
        start=$(date +%s%N)
        append quick --lock-timeout 0.3 2> quick.err; echo status $?
        took=$(( ($(date +%s%N) - start) / 1000000 ))
        [ $took -ge 300 ] && [ $took -lt 3000 ] || echo took $took ms
        grep -q "cannot lock '\(ledger.path).lock' within 0.300 s: it is held by process $holder " \
          quick.err || cat quick.err
      done
      append patient & patient=$!
      sleep 0.2
      [ -s slow.out ] && echo receipt without sync
      kill -CONT $holder
      wait
      cat slow.out slow.err
      append slow
      """)
    #expect(
      ended.text.split(separator: "\n").sorted()
        == ["2 slow", "2 slow again", "3 patient", "status 2", "status 2"],
      "\(ended.text)\(ended.errors)")
    #expect(try ledger.verify().status == 0)
    #expect(try ledger.places(of: "quick").isEmpty)
  }

  /// A signal ends the waiting; a parent may have left it blocked.
  @Test func waitingEndsWithAllSignalsBlocked() throws {
    let command = try ledger.command(["--lock-timeout", "0.2", "slow.in"])
    let python = """
      import os, signal, sys
      signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
      os.execv(sys.argv[1], sys.argv[1:])
      """
    let words = (["python3", "-c", python] + command).map { "'\($0)'" }.joined(separator: " ")
    let ended = try shell(
      """
      stopped
      timeout -s KILL 10 \(words) 2> /dev/null; echo status $?
      kill -CONT $holder
      wait
      """)
    #expect(ended.text == "status 2\n", "\(ended.errors)")
  }

  @Test func removedLockFileLetsNobodyIn() throws {
    let ended = try shell(
      """
      stopped
      rm ledger.lock
      append quick --lock-timeout 0.3 2> quick.err; echo status $?
      grep -q "it is held by process $holder " quick.err || cat quick.err
      kill -CONT $holder
      wait
      cat slow.out
      append quick
      """)
    #expect(ended.text == "status 2\n2 slow\n3 quick\n", "\(ended.errors)")
    #expect(try ledger.verify().status == 0)
  }

  @Test(arguments: [
    // The ledger is moved away; then another one takes its place, or a copy of it.
    "mv ledger elsewhere", "mv ledger elsewhere; echo > ledger",
    "mv ledger elsewhere; cp elsewhere ledger", "rm ledger",
  ])
  func movedLedgerIsNotAppendedTo(_ change: String) throws {
    let ended = try shell(
      """
      stopped
      append waiting 2> waiting.err & waiting=$!
      while ! grep -q FLOCK /proc/locks || ! grep -q -e '->' /proc/locks; do sleep 0.01; done
      sleep 0.05
      \(change)
      kill -CONT $holder
      wait $waiting; echo status $?
      cat waiting.err
      """)
    #expect(
      ended.text == """
        status 2
        _ledger-append: error: '\(ledger.path)' was moved, removed or replaced while it was open

        """, "\(ended.errors)")
    for name in ["ledger", "elsewhere"] where ledger.folder.entries.contains(name) {
      let text = String(decoding: try ledger.folder.read(name), as: UTF8.self)
      #expect(!text.contains("waiting"))
    }
  }

  @Test func sameEntryTwiceAtOnceIsOneEntry() throws {
    for round in 0..<10 {
      let ended = try shell(
        """
        append twin-\(round) > one & append twin-\(round) > two & wait
        cat one two | sort
        """)
      #expect(ended.text == "\(round + 2) twin-\(round)\n\(round + 2) twin-\(round) again\n")
      #expect(try ledger.places(of: "twin-\(round)") == [round + 2])
    }
    #expect(try ledger.verify().status == 0)
  }
}
