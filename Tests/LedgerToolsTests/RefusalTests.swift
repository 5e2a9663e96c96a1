import Testing
import Trade
import _TestSupport

@testable import Ledger

/// What writers are told when the ledger, its lock, a key or the clock is not as it should be.
@Suite struct RefusalTests {
  private let pay = "ledger-pay --from alice --to cs --amount 1 --currency EUR --purpose prepaid"

  @Test func whatIsNoLedgerIsRefused() throws {
    let shell = try LedgerShell()
    try shell.expectSuccess(
      "mkdir folder; : > empty; echo hello > text; head -c 100 l > torn; mkfifo fifo")
    for (file, error) in [
      ("missing", "cannot open ledger 'missing': no such file or directory"),
      ("missing/l", "cannot open ledger 'missing/l': no such file or directory"),
      ("folder", "cannot open ledger 'folder': is a directory"),
      ("empty", "the ledger 'empty' is empty"), ("text", "'text' is not a ledger"),
      ("torn", "'torn' is not a ledger"), ("fifo", "the ledger 'fifo' is not a file"),
      ("/dev/null", "the ledger '/dev/null' is not a file"),
    ] {
      for command in ["\(pay) --id p", "ledger-enroll user bob"] {
        let refusal = try shell.expectRefusal("\(command) --ledger \(file)")
        #expect(refusal.first == "error: " + error)
      }
    }
    #expect(
      try shell.expectRefusal("SUKASHI_LEDGER= \(pay) --id p").first == "error: no ledger is named")
  }

  @Test func aReadOnlyLedgerIsRefused() throws {
    let shell = try LedgerShell()
    // The superuser may write what is read-only.
    let asNobody = "setpriv --reuid=65534 --regid=65534 --clear-groups"
    let isRoot = try shell.run("test $(id -u) = 0").status == 0
    if isRoot, try shell.run("\(asNobody) test -x $BIN/ledger-pay").status != 0 { return }
    try shell.expectSuccess("chmod 755 .; chmod 444 l; chmod 644 cs.key")
    let refusal = try shell.expectRefusal(
      "\(isRoot ? asNobody : "") $BIN/ledger-pay -q \(pay.dropFirst("ledger-pay ".count)) --id p")
    #expect(refusal == ["error: cannot open ledger 'l': permission denied"])
  }

  @Test func whoMayNotWriteIsRefused() throws {
    let shell = try LedgerShell()
    try shell.expectSuccess("wm-keygen --signing -o cs2.key --name cs")
    for (options, error) in [
      ("--as nobody", "the author 'nobody' is not enrolled"),
      ("--as alice", "the author 'alice' is enrolled without a key"),
      ("--as shop", "the signing key is not the one 'shop' is enrolled with"),
      ("--signing-key cs2.key", "the signing key is not the one 'cs' is enrolled with"),
      ("--signing-key none", "cannot open signing key 'none': no such file or directory"),
      ("--signing-key l", "signing key 'l': "), ("--as 'c s'", "name 'c s': character 2"),
      ("--lock-timeout=-1", "--lock-timeout is outside 0 to 86400 seconds"),
    ] {
      let refusal = try shell.expectRefusal("\(pay) --id p \(options)").first
      #expect(refusal?.hasPrefix("error: " + error) == true, "\(refusal ?? "")")
    }
    #expect(
      try shell.expectRefusal("ledger-enroll user bob --as shop --signing-key shop.key").first
        == "error: 'shop' is a shop and may not write entries of kind 'enrolled'")
  }

  @Test func wrongAmountsAreRefused() throws {
    let shell = try LedgerShell()
    let base = "ledger-pay --from alice --to cs --purpose prepaid --id p"
    for (options, error) in [
      ("--amount=-1 --currency EUR", "the amount -1.00 EUR is not more than nothing"),
      ("--amount 0 --currency EUR", "the amount 0.00 EUR is not more than nothing"),
      ("--amount 1.001 --currency EUR", "amount '1.001' has more than the 2 digits"),
      ("--amount 1.0 --currency JPY", "amount '1.0' has digits after the point"),
      ("--amount 1,50 --currency EUR", "amount '1,50' is not a decimal number"),
      ("--amount 90071992547409.92 --currency EUR", "amount '90071992547409.92 EUR' is outside"),
      ("--amount 1 --currency eur", "currency 'eur' is unknown"),
      ("--amount 1", "--currency is missing"), ("--currency EUR", "--amount is missing"),
      ("--amount 1 --currency EUR --reference $'a\\tb'", "--reference 'a\\x09b' cannot stand"),
      ("--amount 1 --currency EUR --reference ''", "--reference '' cannot stand"),
      ("--amount 1 --currency EUR --id 'p q'", "'p q' has the character ' '"),
      ("--amount 1 --currency EUR --from shop:alice", "'alice' is a user, not a shop"),
      ("--amount 1 --currency EUR --from cs", "'payer': nobody pays himself"),
      ("--amount 1 --currency EUR --from shop --to alice", "'user:alice' keeps no book"),
      ("--amount 1 --currency EUR --refund p", "--refund needs --reason"),
      ("--amount 1 --currency EUR --reason x", "--reason goes with --refund"),
    ] {
      let refusal = try shell.expectRefusal("\(base) \(options)").first
      #expect(refusal?.hasPrefix("error: " + error) == true, "\(refusal ?? "")")
    }
  }

  @Test func aStoppedHolderOfTheLockIsNamed() throws {
    let shell = try LedgerShell()
    let result = try shell.run(
      """
      flock -F l.lock sleep 30 & holder=$!
      while flock -n l.lock true; do sleep 0.01; done
      kill -STOP $holder
      \(pay) --id p --lock-timeout 0.3; echo $? $holder
      kill -KILL $holder
      """)
    let words = result.text.split(whereSeparator: \.isWhitespace)
    #expect(words.first == "2")
    #expect(
      result.errors.hasPrefix(
        "ledger-pay: error: cannot lock 'l.lock' within 0.300 s: "
          + "it is held by process \(words.last ?? "") (sleep)\n"), "\(result.errors)")
  }

  @Test func aClockThatIsBehindIsTold() throws {
    let shell = try LedgerShell()
    let result = try shell.run("faketime -f -2h $BIN/\(pay) --id p")
    #expect(result.status == 0)
    #expect(result.errors.hasPrefix("ledger-pay: warning: the clock is 7"))
    #expect(result.errors.contains(" s behind the time of the entry before\n"))
    #expect(try shell.entries(Payment.self).count == 1)
    // The right time comes behind it without a warning, and -q removes one.
    try shell.expectSuccess(
      "ledger-enroll user bob; faketime -f -2h $BIN/ledger-enroll -q user carl")
    #expect(try shell.entries(Enrolled.self).last?.party.description == "carl")
  }

  @Test func aNetworkFileSystemIsRefused() throws {
    let shell = try LedgerShell()
    // Where nothing may be mounted, the kinds alone are tested, below.
    guard try shell.run("mkdir m && bindfs . m").status == 0 else { return }
    defer { _ = try? shell.run("umount m || fusermount -u m") }
    let refusal = try shell.expectRefusal("ledger-enroll user bob --ledger m/l")
    #expect(
      refusal == [
        "error: 'm/l' is on a FUSE file system, where locks and syncs promise nothing",
        "hint: keep the ledger on a local disk, or insist with --allow-network-fs",
      ])
    try shell.expectRefusal("ledger-enroll --open test.example/m --ledger m/new")
    #expect(!shell.folder.entries.contains("new"))
    try shell.expectSuccess(
      "ledger-enroll --list --ledger m/l | grep -q alice; "
        + "ledger-enroll user bob --ledger m/l --allow-network-fs")
    #expect(try shell.expectSuccess("ledger-enroll --list --kind user").contains("bob"))
  }

  @Test func networkFileSystemsAreKnown() {
    for (type, kind) in [
      (0x6969, "NFS"), (0xFF53_4D42, "SMB"), (0x6573_5546, "FUSE"), (0x0102_1997, "9P"),
    ] {
      #expect(FileStorage.networkKind(type) == kind)
    }
    for local in [0xEF53, 0x0102_1994, 0x9123_683E, 0x5846_5342] {
      #expect(FileStorage.networkKind(local) == nil)
    }
  }
}
