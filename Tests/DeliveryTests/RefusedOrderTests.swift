import Ledger
import Signing
import Testing
import _TestSupport

/// Orders that are not carried out leave no trace in the ledger and no file.
@Suite struct RefusedOrderTests {
  @Test func ordersThatAreNotRight() throws {
    let shell = try DeliveryShell()
    try shell.publish("t1")
    func refusal(_ order: String) throws -> String {
      try shell.folder.write("order", Array(order.utf8))
      let text = try shell.expectRefusal("ds -o copy.flac order")
      #expect(!shell.folder.entries.contains("copy.flac"))
      return text
    }
    let expired = try shell.order("o1", ["t1"], expires: "2020-01-01T00:00:00Z")
    #expect(try refusal(expired).contains("has expired at 2020-01-01T00:00:00Z"))
    let forged = try shell.order("o2", ["t1"]).replacing("alice", with: "bob")
    #expect(try refusal(forged).contains("is not signed with the key of 'cs'"))
    let foreign = try shell.order("o3", ["t1"], signedBy: "cs-2")
    #expect(try refusal(foreign).contains("of 'cs' is signed by 'cs-2'"))
    let byItself = try shell.order("o4", ["t1"], signedBy: "shop")
    #expect(try refusal(byItself).contains("is no content server"))
    let other = try shell.order("o5", ["t1"], server: "ds-2")
    #expect(try refusal(other).contains("is for 'ds-2', not 'ds'"))
    let unknown = try shell.order("o6", ["t1"], isRecorded: false)
    #expect(try refusal(unknown).contains("is not in the ledger"))
    _ = try shell.order("o7", ["t1"], expires: "2098-01-01T00:00:00Z")
    let changed = try shell.order("o7", ["t1"], isRecorded: false)
    #expect(try refusal(changed).contains("has other terms in the ledger"))
    #expect(try refusal("no order\n").contains("line 1"))
  }

  @Test func mastersThatAreMissingOrWrong() throws {
    let shell = try DeliveryShell()
    try shell.publish("t1", in: "central")
    try shell.publish("t2", seed: 6, in: "central")
    try shell.folder.write("order", Array(shell.order("o1", ["t1"]).utf8))
    #expect(
      try shell.expectRefusal("ds -o copy.flac order").contains("there is no master of 't1' here"))
    let tar = "tar --format=ustar -cf - manifest index a.pcm b.pcm a.frames b.frames"
    for (command, message) in [
      ("cd central/t2 && \(tar) fingerprint-key", "is not the one that the order"),
      ("cd central/t1 && \(tar)", "has no 'fingerprint-key'"),
      ("cd central/t1 && \(tar) fingerprint-key | head -c 300000", "is cut short"),
      ("echo no tar at all", "is cut short"),
      ("exit 3", "ended with 3"),
      ("cp -r central/t1 x && cd x && printf x | dd of=a.pcm seek=9999 bs=1 conv=notrunc status=none"
        + " && \(tar) fingerprint-key; rm -r ../x", "hash"),
      ("cd central/t1 && tar -cf - manifest /etc/passwd 2> /dev/null", "does not belong there"),
      ("cd central/t1 && tar -cf - .", "is not a plain file"),
    ] {
      let text = try shell.expectRefusal("ds -o copy.flac --fetch '\(command)' order")
      #expect(text.contains(message), "\(text)")
      #expect(try shell.run("ls -A store/masters").output.isEmpty)
    }
    let result = try shell.run(
      """
      ds -o copy.flac --fetch 'cd central/{content} && \(tar) fingerprint-key' order || exit
      stat -c %a store/masters/t1/fingerprint-key
      flac --silent --test copy.flac 2>&1 | grep -v MD5
      """)
    #expect(result.errors.isEmpty && result.text == "600\n", "\(result.errors)")
    let placed = try shell.run("grep -c '\"kind\":\"placed\"' l")
    #expect(placed.text == "1\n")
  }

  @Test func whatWasUsedLeastLatelyIsGivenUp() throws {
    let shell = try DeliveryShell()
    for (number, content) in ["t1", "t2", "t3"].enumerated() {
      try shell.publish(content, seed: UInt64(number + 1), in: "central")
      try shell.folder.write(content, Array(shell.order("o-\(content)", [content]).utf8))
    }
    let result = try shell.run(
      """
      export SUKASHI_FETCH='cd central/{content} && tar -cf - manifest index *.* fingerprint-key'
      size=$(du -sb central/t1 | cut -f 1)
      limit=$((size * 5 / 2))
      ds t1 > 1.flac && ds t2 > 2.flac && ds --again t1 > 1.again.flac || exit
      ds --cache-size $limit t3 > 3.flac || exit
      cmp 1.flac 1.again.flac && ls store/masters
      grep -c '"kind":"evicted"' l
      """)
    #expect(result.text == "t1\nt3\n1\n", "\(result.text) \(result.errors)")
  }

  @Test func aFullDiskAndAClosedPipeBillNothing() throws {
    let shell = try DeliveryShell()
    try shell.publish("t1", seconds: 12)
    try shell.folder.write("order", Array(shell.order("o1", ["t1"]).utf8))
    let full = try shell.run("ds order > /dev/full")
    #expect(full.status == 2 && full.errors.contains("No space left") || full.errors.contains("no space left"))
    #expect(try shell.kinds(of: "o1") == ["ordered", "marking"])
    let limit = try shell.run("(ulimit -f 40; ds -o copy.flac order)")
    #expect(limit.status == 2)
    #expect(!shell.folder.entries.contains { $0.contains("copy.flac") })
    let closed = try shell.run("ds order | head -c 10 > part")
    #expect(closed.status == 141)
    #expect(try shell.kinds(of: "o1") == ["ordered", "marking"])
    let resumed = try shell.run("ds --resume -o copy.flac order")
    #expect(resumed.status == 0 && resumed.errors.isEmpty, "\(resumed.errors)")
    #expect(try shell.kinds(of: "o1") == straightKinds)
  }
}
