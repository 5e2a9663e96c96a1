import CommandLineSupport
import Ledger
import Testing
import _TestSupport

/// What `hs-store send` gives, and what is left behind.
@Suite struct SendTests {
  @Test func theUserGetsTheBytesOfTheDelivery() throws {
    let shell = try HomeShell()
    try shell.expectSuccess(
      """
      parcel o1 --content t1 > p.tar
      tar -xf p.tar 1.wav
      hs put p.tar
      hs send o1 | cmp - 1.wav
      parcel o2 --content t1 | hs put
      hs send o2 -o song.wav
      parcel o3 --content t1 --content t2 | tee p3.tar | hs put
      hs send o3 | tar -xf - -O > both
      tar -xf p3.tar -O 1.wav 2.wav | cmp - both
      parcel o4 --content t1 --content t2 | tee p4.tar | hs put
      mkdir out; hs send o4 -o out/
      tar -xf p4.tar
      cmp 1.wav out/t1.wav; cmp 2.wav out/t2.wav
      ledger-verify -q
      """)
    for order in ["o1", "o2"] { #expect(try shell.kinds(of: order) == sentKinds, "\(order)") }
    #expect(try shell.bills(of: "o4") == ["user:alice content-server:cs 220"])
    #expect(try shell.leftovers.isEmpty)
    for order in ["o1", "nothing"] {
      let errors = try shell.expectRefusal("hs send \(order)")
      #expect(
        errors.contains(order == "o1" ? "it was handed over" : "nothing is held"), "\(errors)")
    }
  }

  @Test func aReceiverThatBreaksOffPaysNothing() throws {
    let shell = try HomeShell()
    try shell.expectSuccess("parcel o1 --content t1 > p.tar; tar -xf p.tar; hs put p.tar")
    let size = try shell.folder.read("1.wav").count
    let before = (try shell.folder.read("l"), try shell.listing())
    // The last ones leave what would have fitted into the pipe.
    for count in [0, 1, 1000, 100_000, size - 30000, size - 1] {
      // dd takes what comes and no more.
      let result = try shell.run(
        "hs send o1 | dd bs=1 count=\(min(count, 3000)) status=none > part"
          + (count > 3000 ? "; hs send o1 | head -c \(count) > part" : ""))
      #expect(result.status == 141, "\(count): \(result.status) \(result.errors)")
      #expect(try shell.folder.read("l") == before.0, "\(count)")
      #expect(try shell.listing() == before.1, "\(count)")
    }
    try shell.expectSuccess(
      "head -c 100000 1.wav > part; hs send o1 --resume 100000 >> part; cmp part 1.wav")
    #expect(try shell.kinds(of: "o1") == sentKinds)
    let handed = try #require(shell.events(of: "o1")[4].event.body as? HandedOver)
    #expect(handed.bytes == Int64(size))
  }

  @Test func onlyWhatWasBoughtIsSent() throws {
    let shell = try HomeShell()
    for use in ["view", "day", "minute"] {
      try shell.expectSuccess("parcel \(use) --use \(use) --content t1 | hs put")
      let errors = try shell.expectRefusal("hs send \(use) > song.wav")
      #expect(errors.contains("is paid by the \(use): it is viewed here, not sent"), "\(errors)")
    }
    try shell.expectSuccess("parcel o1 --content t1 | hs put")
    #expect(try shell.expectRefusal("hs finish o1").contains("is for a copy to keep"))
    #expect(try shell.expectRefusal("hs send o1 --resume 99999999").contains("is behind the end"))
    #expect(try shell.expectRefusal("hs send o1 -o nowhere/").contains("is not a folder"))
    #expect(try shell.expectRefusal("hs send o1 -o nowhere/song.wav").contains("no such file"))
  }

  @Test func twoAtOnceHandOverOnce() throws {
    let shell = try HomeShell()
    try shell.expectSuccess("parcel o1 --content t1 | hs put")
    let result = try shell.run(
      """
      for i in 1 2 3 4; do hs send o1 -o $i.wav 2> $i.log & jobs="$jobs $!"; done
      for job in $jobs; do wait $job; echo $?; done
      """)
    #expect(
      result.text.split(separator: "\n").sorted() == ["0", "2", "2", "2"], "\(result.text)")
    #expect(try shell.kinds(of: "o1") == sentKinds)
  }
}
