import CommandLineSupport
import Glibc
import HomeServer
import Ledger
import Outlets
import Testing
import _TestSupport

/// The sealed files of a holding: what was changed in any way does not open.
@Suite struct SealTests {
  @Test func everyChangeIsFound() throws {
    let shell = try HomeShell()
    try shell.expectSuccess(
      "parcel o1 --content t1 --content t2 > p.tar; hs put p.tar; tar -xf p.tar")
    let store = OutletStore(shell.folder.path("house"))
    let whole = try shell.folder.read("1.wav")
    let sealed = try shell.folder.read("house/holdings/o1/1.sealed")
    let other = try shell.folder.read("house/holdings/o1/2.sealed")
    let chunk = (1 << 16) + 16
    #expect(sealed.count == whole.count + 16 * ((whole.count + 65535) / 65536))
    func read() throws -> [UInt8] {
      let file = try store.holding(Handle("o1")).open(0)
      var bytes = [UInt8](repeating: 0, count: whole.count)
      _ = try bytes.withUnsafeMutableBytes { try file.read(at: 0, into: $0) }
      return bytes
    }
    #expect(try read() == whole)
    var generator = SeededGenerator(seed: 1)
    var changes: [(String, [UInt8])] = []
    for _ in 0..<200 {
      let place = Int.random(in: 0..<sealed.count, using: &generator)
      var changed = sealed
      changed[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      changes.append(("bit at \(place)", changed))
    }
    for size in [0, 1, chunk, 2 * chunk, sealed.count - 1, sealed.count - 16] {
      changes.append(("first \(size) bytes", Array(sealed.prefix(size))))
    }
    changes.append(("a byte more", sealed + [0]))
    changes.append(("a chunk more", sealed + sealed.prefix(chunk)))
    let (first, second) = (sealed[..<chunk], sealed[chunk..<2 * chunk])
    changes.append(("exchanged", Array(second + first + sealed[(2 * chunk)...])))
    changes.append(("repeated", Array(first + first + sealed[(2 * chunk)...])))
    changes.append(("another file", other))
    changes.append(
      ("a chunk of another file", Array(other[..<chunk] + sealed[chunk...])))
    for (name, bytes) in changes {
      try shell.folder.write("house/holdings/o1/1.sealed", bytes)
      #expect(throws: HoldingFault.self, "\(name)") { try read() }
    }
    let errors = try shell.expectRefusal("hs send o1 > out.tar")
    #expect(errors.contains("1.sealed' was changed since it was stored"), "\(errors)")
    try shell.folder.write("house/holdings/o1/1.sealed", sealed)
    #expect(try read() == whole)
    // The same parcel once more replaces what was damaged.
    try shell.folder.write("house/holdings/o1/1.sealed", changes[7].1)
    try shell.expectSuccess("hs put p.tar")
    #expect(try read() == whole)
    #expect(try shell.folder.read("house/holdings/o1/1.sealed") != sealed)
    try shell.expectSuccess(": > house/holdings/o1/manifest.json; hs put p.tar")
    try shell.expectSuccess("rm house/holdings/o1/2.sealed; hs put p.tar; hs put p.tar")
    #expect(try shell.kinds(of: "o1").filter { $0 == "stored" }.count == 1)
    // The key and manifest of another holding.
    try shell.expectSuccess(
      "parcel o2 --content t1 | hs put; cp house/holdings/o2/1.sealed house/holdings/o1/")
    #expect(throws: HoldingFault.self) { try read() }
  }

  @Test func anyPlaceIsReadByManyAtOnce() throws {
    let shell = try HomeShell()
    try shell.expectSuccess("parcel o1 --content t1 > p.tar; hs put p.tar; tar -xf p.tar")
    let whole = try shell.folder.read("1.wav")
    let file = try OutletStore(shell.folder.path("house")).holding(Handle("o1")).open(0)
    #expect(file.byteCount == Int64(whole.count))
    let wrong = ParallelResults<Int>(count: 8)
    inParallel(8) { worker in
      var generator = SeededGenerator(seed: UInt64(worker))
      wrong.set(worker) {
        var count = 0
        for _ in 0..<60 {
          let start = Int.random(in: 0...whole.count + 10, using: &generator)
          var bytes = [UInt8](
            repeating: 0, count: [1, 999, 65536, 200_000].randomElement(using: &generator) ?? 1)
          let got = try bytes.withUnsafeMutableBytes { try file.read(at: Int64(start), into: $0) }
          let expected = whole.dropFirst(start).prefix(bytes.count)
          if !bytes[..<got].elementsEqual(expected) { count += 1 }
        }
        return count
      }
    }
    #expect(try wrong.values() == Array(repeating: 0, count: 8))
  }

  /// Whether a file can be mounted as a disk.
  private static let canMountImages: Bool = {
    let folder = TemporaryFolder()
    let lines =
      "truncate -s 4M disk && mkfs.ext4 -q disk && mkdir at && mount -o loop disk at && umount at"
    return (try? Subprocess.shell(lines, folder: folder.path).status) == 0
  }()

  /// Blocks of a whole file system are searched: not only what files say they have.
  @Test(.enabled(if: canMountImages, "only root can mount, and only where there are loop devices"))
  func afterTheEndNothingIsOnTheDisk() throws {
    let shell = try HomeShell()
    let store = shell.folder.path("house")
    let made = try shell.run(
      """
      set -e
      truncate -s 24M disk
      mkfs.ext4 -q disk
      mount -o loop disk \(store)
      """)
    try #require(made.status == 0, "\(made.errors)")
    defer { _ = try? Subprocess.run("umount", ["-l", store]) }
    try shell.expectSuccess("parcel o1 --content t1 > p.tar; tar -xf p.tar; hs put p.tar; sync")
    let whole = try shell.folder.read("1.wav")
    let key = try shell.folder.read("house/holdings/o1/key")
    let sealed = try shell.folder.read("house/holdings/o1/1.sealed")
    #expect(key.count == 32)
    let places = [44 + 4096, whole.count / 2, whole.count - 100]
    func found(_ bytes: ArraySlice<UInt8>) throws -> Bool {
      try shell.folder.read("disk").contains(bytes: bytes)
    }
    // What is looked for is found while it is there.
    #expect(try found(key[...]))
    #expect(try found(sealed[1000..<1064]))
    for place in places { #expect(try !found(whole[place..<place + 64]), "\(place)") }
    try shell.expectSuccess("hs send o1 > song.wav; cmp song.wav 1.wav; sync; sync -f house")
    #expect(try !found(key[...]))
    for place in places { #expect(try !found(whole[place..<place + 64]), "\(place)") }
  }
}

extension [UInt8] {
  /// Whether some bytes stand anywhere in these.
  fileprivate func contains(bytes wanted: ArraySlice<UInt8>) -> Bool {
    withUnsafeBytes { bytes in
      wanted.withUnsafeBytes { wanted in
        guard let start = bytes.baseAddress, let first = wanted.baseAddress else { return false }
        let end = start + bytes.count - wanted.count + 1
        var place = start
        while place < end, let hit = memchr(place, CInt(wanted[0]), end - place) {
          if memcmp(hit, first, wanted.count) == 0 { return true }
          place = UnsafeRawPointer(hit) + 1
        }
        return false
      }
    }
  }
}
