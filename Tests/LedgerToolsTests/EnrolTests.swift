import Ledger
import Testing
import Trade
import _TestSupport

/// Enrolling: numbers, keys, and commands that are given twice.
@Suite struct EnrolTests {
  @Test func theListShowsWhatIsEnrolled() throws {
    let shell = try LedgerShell()
    try shell.expectSuccess("ledger-enroll home-server maison-7 --administrator home-admin")
    let key = try shell.expectSuccess("wm-keygen --public ds.key").dropLast()
    let rows = try shell.expectSuccess("ledger-enroll --list").split(separator: "\n")
    #expect(rows.contains("alice\tuser\t1\t\tactive\t"))
    #expect(rows.contains("ds\tdelivery-server\t1\t\(key)\tactive\t"))
    // Home servers and shops are numbered together.
    #expect(rows.contains("maison-7\thome-server\t2\t\tactive\thome-admin"))
    #expect(
      try shell.expectSuccess("ledger-enroll --list --kind user") == "alice\tuser\t1\t\tactive\t\n")
  }

  @Test func theSameCommandTwiceWritesNothing() throws {
    let shell = try LedgerShell()
    try shell.expectSuccess("wm-keygen --signing -o new.key --name ds")
    let commands = [
      "ledger-enroll --open test.example/l", "ledger-enroll user alice",
      "ledger-enroll user alice --number 1", "ledger-enroll user bob --number 70000",
      "ledger-enroll delivery-server ds --key-file ds.key",
      "ledger-enroll delivery-server ds --key \"$(wm-keygen --public ds.key)\"",
      "ledger-enroll home-server maison-7 --administrator home-admin",
      "ledger-enroll --rekey ds --key-file new.key",
      "ledger-enroll --revoke shop --reason 'the till was stolen'",
      "printf 'user\\tcarl\\nuser\\tdora\\t9\\nuser\\tcarl\\n' | ledger-enroll --batch -",
    ]
    for command in commands { try shell.expectSuccess(command) }
    let before = try shell.ledger
    for command in commands { try shell.expectSuccess(command) }
    #expect(try shell.ledger == before)
  }

  @Test func eightAtOnceMakeOneLedger() throws {
    let shell = try LedgerShell()
    let names = shell.folder.entries
    try shell.expectSuccess(
      """
      pids=
      for i in 1 2 3 4 5 6 7 8; do
        ledger-enroll --open test.example/n --ledger n & pids="$pids $!"
      done
      for pid in $pids; do wait $pid; done
      ledger-enroll user bob --ledger n
      """)
    #expect(Set(shell.folder.entries) == Set(names + ["n", "n.lock"]))
    // Where a writer died before the ledger had its name, nothing is in the way.
    try shell.expectSuccess(": > m.new-1; ledger-enroll --open test.example/m --ledger m")
  }

  @Test func eightAtOnceGetEightNumbers() throws {
    let shell = try LedgerShell()
    try shell.expectSuccess(
      """
      for i in 1 2 3 4 5 6 7 8; do
        (for j in 1 2 3; do ledger-enroll user u$i-$j; ledger-enroll user shared-$j; done) &
      done
      wait
      """)
    let users = try shell.entries(Enrolled.self).filter { $0.role == .user }
    #expect(users.count == 1 + 24 + 3)
    #expect(Set(users.map(\.number)) == Set(1...28))
  }

  @Test func theNextFreeNumberIsFound() throws {
    let shell = try LedgerShell()
    let shown = try shell.expectSuccess(
      """
      ledger-enroll user b --number 3
      ledger-enroll user c --number 2
      ledger-enroll user d --show
      printf 'user\\te\\nuser\\tf\\t7\\nuser\\tg\\nshop\\th\\n' | ledger-enroll --batch - --show
      ledger-enroll shop last --number 65535
      ledger-enroll shop wraps --show
      """)
    #expect(shown == "d user 4\ne user 5\nf user 7\ng user 8\nh shop 2\nwraps shop 3\n")
  }

  @Test func aRekeyedPartySignsWithItsNewKeyOnly() throws {
    let shell = try LedgerShell()
    try shell.expectSuccess(
      """
      wm-keygen --signing -o new.key --name shop
      wm-keygen --public new.key > new.pub
      ledger-enroll --rekey shop --key-file new.pub --as shop --signing-key shop.key
      """)
    let pay =
      "ledger-pay --from alice --to shop --amount 1 --currency JPY --purpose medium --as shop --id"
    #expect(
      try shell.expectRefusal("\(pay) a --signing-key shop.key").first
        == "error: the signing key is not the one 'shop' is enrolled with")
    try shell.expectSuccess("\(pay) a --signing-key new.key")
    #expect(
      try shell.expectRefusal("ledger-enroll --rekey shop --key-file shop.key").first?
        .hasSuffix("before") == true)
    try shell.expectSuccess("ledger-enroll --revoke shop --reason stolen")
    #expect(
      try shell.expectRefusal("\(pay) b --signing-key new.key").first
        == "error: the key of 'shop' is revoked")
    try shell.expectRefusal("ledger-enroll --rekey shop --key-file new.key")
    try shell.expectSuccess(
      """
      wm-keygen --signing -o newer.key --name shop
      ledger-enroll --rekey shop --key-file newer.key
      \(pay) b --signing-key newer.key
      """)
  }

  @Test func whatIsEnrolledOtherwiseIsRefused() throws {
    let shell = try LedgerShell()
    try shell.expectSuccess("wm-keygen --signing -o other.key --name cs")
    for (command, error) in [
      ("user alice --number 2", "'alice' is enrolled with the number 1, not 2"),
      ("shop alice", "'alice' is already enrolled as a user"),
      ("user bob --number 1", "user number 1 belongs to 'alice'"),
      ("user bob --number 0", "the number 0 of a user is outside 1...281474976710655"),
      ("shop bob --number 65536", "the number 65536 of a shop is outside 1...65535"),
      ("delivery-server ds", "'ds' is enrolled with another key or none"),
      ("user alice --key-file ds.key", "'alice' is enrolled with another key or none"),
      ("home-server h --administrator alice", "'alice' is a user, not an administrator"),
      ("home-server h --administrator nobody", "the party 'nobody' is not enrolled"),
      ("--rekey nobody --key-file ds.key", "the party 'nobody' is not enrolled"),
      ("--revoke nobody --reason x", "the party 'nobody' is not enrolled"),
      ("--open test.example/m", "'l' is the ledger 'test.example/l' of 'cs'"),
      (
        "--open test.example/l --signing-key other.key",
        "'l' is the ledger 'test.example/l' of 'cs'"
      ),
      ("user 'a b'", "name 'a b': character 2, ' ', may not stand in a name"),
      ("user $'a\\xff'", "name 'a\u{FFFD}': character 2, '\u{FFFD}', may not stand in a name"),
      ("user $'a\\x01'", "name 'a\\x01': character 2, '\\x01', may not stand in a name"),
      (
        "user \(String(repeating: "n", count: 65))",
        "name '\(String(repeating: "n", count: 65))' has 65 characters, more than 64"
      ),
      ("--revoke ds --reason $'a\\nb'", "--reason 'a\\x0ab' cannot stand in a ledger"),
      ("--revoke ds --reason $'\\xff'", "--reason '\u{FFFD}' cannot stand in a ledger"),
      ("user bob --key nonsense", "'nonsense' is not a public key of 44 Base64 characters"),
      ("user", "no KIND and NAME of a party"), ("--list --show", "--show does not go with --list"),
      ("--list --open x", "--open and --list exclude each other"),
    ] {
      let refusal = try shell.expectRefusal("ledger-enroll \(command)").first
      #expect(refusal?.hasPrefix("error: " + error) == true, "\(refusal ?? "")")
    }
  }

  @Test func aBatchIsKeptWholeOrNotAtAll() throws {
    let shell = try LedgerShell()
    for (line, error) in [
      ("user\\tx\\t1", "line 2: user number 1 belongs to 'alice'"),
      ("user", "line 2: 1 columns instead of 2 to 4"), ("", "line 2: 1 columns instead of 2 to 4"),
      ("user\\tx\\ty", "line 2: 'y' is not a number"),
      ("usher\\tx", "line 2: kind of party 'usher' is unknown"),
      ("user\\tx\\t\\tkey", "line 2: 'key' is not a public key of 44 Base64 characters"),
    ] {
      let refusal = try shell.expectRefusal(
        "printf 'user\\tnew\\n\(line)\\n' | ledger-enroll --batch -")
      #expect(refusal.first == "error: " + error)
    }
  }
}
