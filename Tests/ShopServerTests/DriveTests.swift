import Testing
import _TestSupport

/// Audio discs in a drive: cdrdao is a stand-in that makes an image, cd-paranoia is the real one and
/// reads it.
@Suite struct DriveTests {
  @Test func aDiscIsWrittenReadBackAndBilled() throws {
    let shell = try ShopShell()
    try shell.expectSuccess(
      """
      parcel o1 --content t1 --content t2 | drive --speed 8
      [ "$(cat fake.cue.log)" = "write 8" ]
      """)
    #expect(try shell.kinds(of: "o1").filter { $0 == "burned" || $0 == "billed" }.count == 2)
    #expect(try shell.leftovers.isEmpty)
    // The disc is what an image is.
    try shell.expectSuccess(
      """
      order --id o2 --content t1 --content t2 --shop kiosk --medium cd-r | ds -f wav > p.tar
      cp fake.bin one.bin; rm fake.*
      drive p.tar; mv fake.bin two.bin; rm fake.*
      """)
    #expect(try shell.run("cmp one.bin two.bin").status == 1, "two orders are two copies")
  }

  /// The tray is opened when the disc was read back, and not before.
  @Test func ejecting() throws {
    let shell = try ShopShell()
    try shell.expectSuccess(
      #"""
      mkdir bin
      printf '#!/bin/sh\necho "$@" "$(stat -c %%s fake.bin)" >> eject.log\n' > bin/xorriso
      chmod +x bin/xorriso
      parcel o1 --content t1 > p.tar
      PATH=$PWD/bin:$PATH
      drive --dummy --eject p.tar; test ! -e eject.log
      drive --eject --retry o1
      [ "$(cat eject.log)" = "-outdev fake.cue -eject all $((375 * 2352))" ]
      """#)
    #expect(try shell.kinds(of: "o1") == burnedKinds)
  }

  @Test func aRehearsalWritesNothing() throws {
    let shell = try ShopShell()
    try shell.expectSuccess(
      """
      parcel o1 --content t1 | drive --dummy
      [ "$(cat fake.cue.log)" = "simulate " ]
      test ! -e fake.bin
      """)
    #expect(try shell.kinds(of: "o1") == ["ordered", "marking", "delivered"])
    try shell.expectSuccess("drive --retry o1")
    #expect(try shell.kinds(of: "o1") == burnedKinds)
  }

  /// A drive may lay sound some samples later; what it writes otherwise is found.
  @Test func readingBack() throws {
    let shell = try ShopShell()
    try shell.expectSuccess(
      """
      parcel o1 --content t1 > p.tar
      drive --dummy p.tar
      head -c $((375 * 2352)) /dev/zero > fake.bin.want
      echo later > fake.cue.fault
      drive --retry o1
      rm fake.cue fake.bin
      echo flipped > fake.cue.fault
      parcel o2 --content t1 > p.tar
      """)
    #expect(try shell.kinds(of: "o1") == burnedKinds)
    let errors = try shell.expectFailure("drive p.tar")
    #expect(
      errors.contains(
        "disc 1 of the order 'o2' is spoiled: what is read back from 'fake.cue' is not what was"),
      "\(errors)")
    #expect(try shell.kinds(of: "o2") == ["ordered", "marking", "delivered", "spoiled"])
    try shell.expectSuccess("rm fake.cue*; drive --retry o2; ledger-verify -q")
    #expect(try shell.bills(of: "o2").count == 1)
  }

  @Test func wrongMedia() throws {
    let shell = try ShopShell()
    try shell.expectSuccess("parcel o1 --content t1 | shop --keep")
    for (medium, said) in [
      (
        "CD-R medium          : n/a\nCD-R empty           : n/a",
        "the drive 'fake.cue' holds 'n/a', and a cd-r was ordered"
      ),
      ("CD-R empty           : no", "the medium in 'fake.cue' is not blank"),
      ("Nonsense", "'cdrdao' says something that is not understood"),
      (
        "Total Capacity       : 00:04:00 (301 blocks, 0/0 MB)\nCD-R empty           : yes",
        "title 1 of the order takes 375 sectors, and a disc of 301 sectors holds 301"
      ),
    ] {
      try shell.folder.write("fake.cue.medium", Array((medium + "\n").utf8))
      let errors = try shell.expectFailure("drive --retry o1")
      #expect(errors.contains(said), "\(errors)")
    }
    try shell.expectSuccess("rm fake.cue.medium; echo absent > fake.cue.fault")
    #expect(try shell.expectFailure("drive --retry o1").contains("Cannot setup device"))
    #expect(try shell.kinds(of: "o1") == ["ordered", "marking", "delivered"])
    try shell.expectSuccess("test ! -e fake.bin; rm fake.cue.fault; drive --retry o1")
    #expect(try shell.kinds(of: "o1") == burnedKinds)
  }

  /// The drive fails in the middle; the programs are killed in the middle: one spoiled disc each, one
  /// bill in the end.
  @Test func spoiledDiscs() throws {
    let shell = try ShopShell()
    try shell.expectSuccess("parcel o1 --content t1 > p.tar; echo middle > fake.cue.fault")
    let errors = try shell.expectFailure("drive p.tar")
    #expect(
      errors.contains(
        "disc 1 of the order 'o1' is spoiled: 'cdrdao' ended with status 1: "
          + "ERROR: Write data failed."), "\(errors)")
    try shell.expectSuccess(
      """
      rm fake.cue* fake.bin; echo hung > fake.cue.fault
      """)
    // Killed while the drive writes: the stand-in hangs then, and is ended by its number.
    let killed = try shell.run(
      """
      (
        export PATH=$programs:$PATH SUKASHI_AS=kiosk SUKASHI_SIGNING_KEY=kiosk.key SUKASHI_STORE=shop
        exec \(try BuiltTools.path("shop-burn")) --device fake.cue --retry o1
      ) & job=$!
      for i in $(seq 400); do [ -e fake.cue.hung ] && break; sleep 0.05; done
      kill -KILL $job; wait $job 2> /dev/null
      kill -KILL $(cat fake.cue.hung)
      shop --list
      """)
    #expect(killed.text.contains("\twriting\tcd-r\t"), "\(killed.text)\(killed.errors)")
    try shell.expectSuccess("rm fake.*; shop --gc; shop --gc")
    #expect(
      try shell.kinds(of: "o1") == ["ordered", "marking", "delivered", "spoiled", "spoiled"])
    try shell.expectSuccess("drive --retry o1; ledger-verify -q; shop --gc")
    #expect(
      try shell.kinds(of: "o1") == [
        "ordered", "marking", "delivered", "spoiled", "spoiled", "burned", "deleted", "reported",
        "billed",
      ])
    #expect(try shell.leftovers.isEmpty)
  }

  /// An order of two discs: a medium a call; what is good stays good when another is spoiled.
  @Test func severalDiscs() throws {
    let shell = try ShopShell()
    try shell.expectSuccess(
      """
      parcel o1 --content t1 --content t2 > p.tar
      echo 'Total Capacity : 00:08:00 (600 blocks)' > fake.cue.medium
      echo 'CD-R empty : yes' >> fake.cue.medium
      """)
    let first = try shell.expectFailure("drive p.tar")
    #expect(first.contains("the order 'o1' needs disc 2 of 2"), "\(first)")
    try shell.expectSuccess("mv fake.bin one.bin; echo middle > fake.cue.fault")
    #expect(try shell.expectFailure("drive --retry o1").contains("disc 2 of the order 'o1' is"))
    // A medium of another size would hold both.
    try shell.expectSuccess("rm fake.cue.fault; mv fake.cue.medium small")
    #expect(
      try shell.expectFailure("rm fake.cue; drive --retry o1").contains(
        "discs of the order 'o1' are made for a medium of another capacity"))
    try shell.expectSuccess("mv small fake.cue.medium; drive --retry o1; ledger-verify -q")
    let kinds = try shell.kinds(of: "o1")
    #expect(kinds.filter { $0 == "spoiled" }.count == 1)
    #expect(kinds.suffix(5) == ["burned", "deleted", "reported", "reported", "billed"])
    try shell.expectSuccess(
      "[ $(stat -c %s one.bin) = $((375 * 2352)) ]; [ $(stat -c %s fake.bin) = $((338 * 2352)) ]")
  }
}
