import Distribution
import Glibc
import Ledger
import Masters
import Testing
import Trade
import _TestSupport

/// Masters come to delivery servers whole, and the ledger says where they are.
@Suite struct PlacingTests {
  @Test func aFolderGetsACopyOnce() throws {
    let shell = try ContentServerShell()
    try shell.expectSuccess(
      "cs-publish --content c --title Song $TERMS --place ds1=one --place ds2=two a.wav")
    let master = try shell.master("c")
    for store in ["one", "two"] {
      #expect(try shell.master("c", store: store).identity == master.identity)
      #expect(
        try shell.run("stat -c %a \(store)/masters/c/fingerprint-key").text == "600\n")
    }
    try shell.expectSuccess("cs-publish --content c --place ds1=one --place ds2=two")
    #expect(
      try shell.entries(Placed.self).map(\.deliveryServer) == [PartyName("ds1"), PartyName("ds2")])
    #expect(try shell.expectSuccess("cs-publish --list").hasSuffix("\tds1,ds2\n"))
    // Another master is another placing.
    try shell.expectSuccess(
      "cs-publish --content c --title Song $TERMS --replace b.wav --place ds1=one")
    #expect(try shell.master("c", store: "one").identity != master.identity)
    #expect(try shell.entries(Placed.self).count == 3)
    #expect(try shell.expectSuccess("cs-publish --list").hasSuffix("\tds1\n"))
  }

  @Test func whatWasGivenUpCanBePlacedAgain() throws {
    let shell = try ContentServerShell()
    try shell.publish("c")
    for _ in 0..<2 {
      try shell.expectSuccess(
        "cs-publish --content c --place ds1=one; cs-publish --content c --place ds1=one")
      let count = try shell.entries(Placed.self).count
      try shell.expectSuccess(
        """
        rm -r one
        echo '{"body":{"content":"c","delivery-server":"ds1"},"id":"e\(count)","kind":"evicted"}' |
          _ledger-append --silent --as ds1 --signing-key ds1.key
        """)
    }
    #expect(try shell.entries(Placed.self).count == 2)
    #expect(try shell.expectSuccess("cs-publish --list").hasSuffix("\t-\n"))
  }

  @Test func aCommandPlaces() throws {
    let shell = try ContentServerShell()
    try shell.publish("it/s")
    let plain =
      "cs-publish --content it/s --place ds1 --place-command 'cp -r {master} {name}.{server}'"
    try shell.expectSuccess("\(plain); \(plain)")
    #expect(try shell.entries(Placed.self).count == 1)
    #expect(shell.folder.entries.contains("it%2Fs.ds1"))
  }

  @Test func failuresAreNotRecorded() throws {
    let shell = try ContentServerShell()
    try shell.publish("c")
    let line = "cs-publish --content c --place"
    for (options, error) in [
      ("ds1 --place-command 'exit 3'", "'exit 3' ended with status 3"),
      ("ds1 --place-command 'kill -9 $$'", "'kill -9 $$' ended with status 137"),
      ("ds1 --place-command 'cp {nothing} x'", "'{nothing}' stands for nothing in a command"),
      ("ds1", "--place 'ds1' needs a folder or --place-command"),
      ("ds3=one", "the party 'ds3' is not enrolled"),
      ("shop=one", "'shop' is a shop, not a delivery-server"),
      ("ds1=none/one", "cannot create 'none/one'"), ("ds1=l", "cannot create 'l'"),
    ] {
      let refusal = try shell.expectRefusal("\(line) \(options)")
      #expect(refusal == "error: \(error)" || refusal.hasPrefix("error: \(error):"), "\(refusal)")
    }
    #expect(
      try shell.expectRefusal("cs-publish --content d --place ds1=one")
        == "error: the title 'd' is not published")
    try shell.expectSuccess(
      "printf x | dd of=store/masters/c/b.pcm bs=1 seek=9 conv=notrunc status=none")
    #expect(
      try shell.expectRefusal("\(line) ds1=one").contains("does not have the manifest's hash"))
    #expect(try shell.entries(Placed.self).isEmpty)
  }

  @Test(.enabled(if: geteuid() == 0, "only root can mount")) func fullDisk() throws {
    let shell = try ContentServerShell()
    try shell.publish("c")
    try shell.expectSuccess("mkdir one")
    let store = shell.folder.path("one")
    let mounted = try Subprocess.run("mount", ["-t", "tmpfs", "-o", "size=1m", "none", store])
    try #require(mounted.status == 0, "\(mounted.errors)")
    defer { _ = try? Subprocess.run("umount", ["-l", store]) }
    let refusal = try shell.expectRefusal("cs-publish --content c --place ds1=one")
    #expect(refusal.hasSuffix("no space left on device"), "\(refusal)")
    #expect(try shell.run("mount -o remount,size=16m \(store)").status == 0)
    try shell.expectSuccess("cs-publish --content c --place ds1=one")
    _ = try shell.master("c", store: "one")
  }

  @Test func killedAnywhere() throws {
    let shell = try ContentServerShell()
    try shell.publish("c")
    try shell.expectSuccess("cp l l.before")
    var killed = 0
    for call in ["write", "fsync", "linkat", "rename", "mkdir", "fchmod", "fdatasync"] {
      for when in [1, 3, 8] {
        try shell.expectSuccess("rm -rf one l l.index; cp l.before l")
        let result = try shell.run(
          "strace -f -qq -o /dev/null -e trace=\(call) -e inject=\(call):signal=KILL:when=\(when)"
            + " $BIN/cs-publish --content c --place ds1=one")
        if result.status == 0 { break }
        killed += 1
        if try !shell.entries(Placed.self).isEmpty { _ = try shell.master("c", store: "one") }
        try shell.expectSuccess("cs-publish --content c --place ds1=one")
        #expect(try shell.entries(Placed.self).count == 1)
        _ = try shell.master("c", store: "one")
        #expect(try shell.run("ls -A one/masters").text == ".c.lock\nc\n")
      }
    }
    #expect(killed > 8)
  }

  @Test func whatIsSentCanBeUnpacked() throws {
    let shell = try ContentServerShell()
    try shell.publish("c")
    let umask = "mkdir got; umask 0; cs-publish --send c | tar xf - -C got"
    try shell.expectSuccess("\(umask); diff -r got store/masters/c")
    #expect(try shell.run("stat -c %a got/fingerprint-key").text == "600\n")
    #expect(
      try shell.expectRefusal("cs-publish --send c > /dev/full")
        == "error: cannot write standard output: no space left on device")
    #expect(
      try shell.expectRefusal("cs-publish --send d | cat")
        == "error: the title 'd' is not published")
  }

  @Test func quotingIsSafe() throws {
    let command = try PlacingCommand("echo {content} ${HOME} { x; } {server}{")
    let line = command.line([.content: "a'b $(rm)", .server: "ds"])
    #expect(line == #"echo 'a'\''b $(rm)' ${HOME} { x; } 'ds'{"#)
    let unknown = try? PlacingCommand("{contents}")
    #expect(unknown == nil)
  }
}
