import CommandLineSupport
import Distribution
import Glibc
import HomeServer
import Ledger
import Outlets
import Signing
import Testing
import Trade
import _TestSupport

/// What `hs-store put` takes, and what not.
@Suite struct IntakeTests {
  @Test func aParcelIsHeldOnceHoweverOftenItComes() throws {
    let shell = try HomeShell()
    try shell.expectSuccess(
      """
      parcel o1 --content t1 --content t2 > p.tar
      for i in 1 2 3; do hs put p.tar & jobs="$jobs $!"; done
      for job in $jobs; do wait $job; done
      hs put < p.tar
      ds --again -f wav <(order --id o1 --content t1 --content t2 --home home) | hs put -
      tar -xf p.tar
      """)
    #expect(
      try shell.kinds(of: "o1") == [
        "ordered", "marking", "marking", "delivered", "delivered", "stored",
      ])
    let holding = try OutletStore(shell.folder.path("house")).holding(Handle("o1"))
    for (number, name) in ["1.wav", "2.wav"].enumerated() {
      let file = try holding.open(number)
      var bytes = [UInt8](repeating: 0, count: Int(file.byteCount) + 1)
      let count = try bytes.withUnsafeMutableBytes { try file.read(at: 0, into: $0) }
      #expect(try Array(bytes[..<count]) == shell.folder.read(name))
    }
    let listed = try shell.expectSuccess("hs list; hs list --json").text.split(separator: "\n")
    #expect(listed.count == 2)
    #expect(listed[0].hasPrefix("o1\talice\tt1,t2\theld\t"), "\(listed[0])")
    #expect(listed[1].contains(#""use":"purchase""#) && listed[1].contains(#""title":"Song t2""#))
    // Another format is another parcel.
    let refusal = try shell.expectRefusal(
      "ds --again -f flac <(order --id o1 --content t1 --content t2 --home home) | hs put")
    #expect(refusal.contains("another parcel was stored for the order 'o1'"), "\(refusal)")
  }

  @Test func parcelsForOthersOrOfOthersAreRefused() throws {
    let shell = try HomeShell()
    try shell.expectSuccess(
      """
      parcel o1 --content t1 > p.tar
      order --id o2 --home home-2 --content t1 | ds > other.tar
      order --id o3 --content t1 | ds > straight.flac
      """)
    #expect(
      try shell.expectRefusal("hs2 put p.tar").contains(
        "the parcel for 'o1' is for 'home', not 'home-2'"))
    #expect(try shell.expectRefusal("hs put other.tar").contains("is for 'home-2', not 'home'"))
    for line in [
      "hs put straight.flac", "hs put l", "hs put /dev/null", "hs put nothing",
      "as cs house hs-store put p.tar", "as ds house hs-store put p.tar",
      "SUKASHI_LEDGER=nothing hs put p.tar", "as home nowhere hs-store put p.tar",
    ] {
      let errors = try shell.expectRefusal(line)
      #expect(errors.hasPrefix("hs-store: error: "), "\(line): \(errors)")
    }
    // The same manifest, signed by a delivery server that is not the one of the order.
    let reader = try ParcelReader(.reading(shell.folder.path("p.tar")))
    let other = try shell.author("ds-2", at: "2030-01-01T00:00:00Z")
    for (author, key) in [("ds-2", other.key), ("ds", other.key), ("home", other.key)] {
      let line = reader.parcel.signed(by: try .init(author), with: key)
      let output = try OutputFile(shell.folder.path("forged.tar"), contents: .binary)
      let tar = TarWriter(output)
      try tar.add(Parcel.manifestName, line.bytes + [UInt8(ascii: "\n")])
      try tar.add("1.wav", [1, 2, 3])
      try tar.finish()
      try output.finish()
      let errors = try shell.expectRefusal("hs put forged.tar")
      #expect(errors.contains("hs-store: error: "), "\(errors)")
    }
  }

  @Test func changedAndBrokenParcelsStoreNothing() throws {
    let shell = try HomeShell()
    try shell.expectSuccess("parcel o1 --content t1 > p.tar")
    let parcel = try shell.folder.read("p.tar")
    var places = [0, 100, 600, 700, 1800, 2500, 20000, parcel.count / 2, parcel.count - 30000]
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<6 { places.append(Int.random(in: 0..<parcel.count - 20000, using: &generator)) }
    for place in places {
      var changed = parcel
      changed[place] ^= 1
      try shell.folder.write("changed.tar", changed)
      #expect(try shell.expectRefusal("hs put changed.tar").contains("error: "), "\(place)")
    }
    for size in [0, 1, 511, 513, 5000, 70000, parcel.count / 2, parcel.count - 12000] {
      let errors = try shell.expectRefusal("head -c \(size) p.tar | hs put")
      #expect(errors.contains("error: "), "\(size)")
    }
    // A delivery that died before it said that it had delivered.
    try shell.expectSuccess("cp l kept; grep -v '\"kind\":\"delivered\"' kept > l; rm -f l.index")
    let errors = try shell.expectRefusal("hs put p.tar")
    #expect(errors.contains("does not say that this copy of 't1' was delivered"), "\(errors)")
    try shell.expectSuccess("mv kept l; rm -f l.index; hs put p.tar")
    #expect(try shell.kinds(of: "o1").last == "stored")
  }

  @Test(.enabled(if: geteuid() == 0, "only root can mount")) func fullDisk() throws {
    let shell = try HomeShell()
    try shell.expectSuccess("parcel o1 --content t1 > p.tar")
    let store = shell.folder.path("house")
    let mounted = try Subprocess.run("mount", ["-t", "tmpfs", "-o", "size=300k", "none", store])
    try #require(mounted.status == 0, "\(mounted.errors)")
    defer { _ = try? Subprocess.run("umount", ["-l", store]) }
    let errors = try shell.expectRefusal("hs put p.tar")
    #expect(errors.contains("no space left on device"), "\(errors)")
    #expect(try shell.run("mount -o remount,size=16m \(store)").status == 0)
    try shell.expectSuccess("hs put p.tar; hs send o1 -o song.wav")
    // A full store keeps nobody from his copy, nor from paying.
    try shell.expectSuccess("parcel o3 --content t1 | hs put")
    let filled = try shell.run("head -c 16m /dev/zero > house/filler; hs send o3 -o song.wav")
    #expect(filled.status == 0, "\(filled.errors)")
    #expect(try shell.kinds(of: "o3") == sentKinds)
    try shell.expectSuccess("rm house/filler")
    // A full disk at the other end: nothing is erased, nothing billed.
    try shell.expectSuccess("parcel o2 --content t1 | hs put")
    let before = try shell.listing()
    let full = try shell.run("hs send o2 > /dev/full")
    #expect(full.status == 2 && full.errors.contains("no space left"), "\(full.errors)")
    #expect(try shell.listing() == before)
    #expect(try shell.kinds(of: "o2").last == "stored")
  }

  @Test func anyNameOfAnOrderIsAFolder() throws {
    let shell = try HomeShell()
    let names = ["web/2", "../x", ".", "a.lock", "a", String(repeating: "/", count: 100)]
    for name in names {
      try shell.expectSuccess("parcel \(name) --content t1 > p.tar; hs put p.tar; hs gc")
    }
    #expect(try shell.run("hs list | cut -f 1 | sort").text.split(separator: "\n").count == 6)
    let folders = try shell.run("ls -A house/holdings; ls -A house").text
    for name in ["web%2F2\n", "%2E.%2Fx\n", "%2E\n", "a.lock\n", "~"] {
      #expect(folders.contains(name), "\(folders)")
    }
    #expect(folders.hasSuffix("\nholdings\n"), "\(folders)")
    for name in names { try shell.expectSuccess("hs send \(name) > song.wav") }
    #expect(try shell.run("ls -A house/holdings").text.isEmpty)
  }

  @Test func aDamagedHoldingHidesNoOther() throws {
    let shell = try HomeShell()
    try shell.expectSuccess(
      "for o in o1 o2 o3; do parcel $o --expires 2d --content t1 | hs put; done; : > house/holdings/o2/manifest.json"
    )
    let listed = try shell.run("hs list | cut -f 1")
    #expect(listed.status == 2 && listed.text == "o1\no3\n")
    #expect(listed.errors.contains("manifest.json' was changed since it was stored"))
    let collected = try shell.run("hs gc")
    #expect(collected.status == 2 && collected.errors == listed.errors, "\(collected.errors)")
    let faults = try Housekeeping(shell.books(at: "2090-01-01T00:00:00Z")).collect()
    #expect(faults.count == 1)
    #expect(try shell.kinds(of: "o3").suffix(2) == ["deleted", "reported"])
  }

  @Test func whatIsGoneOrExpiredIsNotStored() throws {
    let shell = try HomeShell()
    try shell.expectSuccess(
      "parcel o1 --content t1 > p.tar; hs put p.tar; hs send o1 > song.wav; parcel o2 --content t1 > q.tar"
    )
    let errors = try shell.expectRefusal("hs put p.tar")
    #expect(errors.contains("what was held for 'o1' is erased: it was handed over"), "\(errors)")
    let file = try FileDescriptor.reading(shell.folder.path("q.tar"))
    let late = try shell.books(at: "2090-01-01T00:00:00Z")
    #expect {
      try ParcelIntake(late.outlet).store(file)
    } throws: { error in
      if case IntakeFault.expired = error { true } else { false }
    }
    #expect(try shell.leftovers.isEmpty)
  }
}
