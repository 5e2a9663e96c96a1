import Testing
import _TestSupport

/// Images of data discs, as other programs see them.
@Suite struct DataImageTests {
  @Test func othersReadTheImage() throws {
    let shell = try ShopShell()
    try shell.expectSuccess(
      """
      data o1 --content t1 --content t2 > p.tar
      shop --image disc.iso p.tar
      mkdir parcel; tar -xf p.tar -C parcel
      7z x -y -oseven disc.iso > log
      mkdir osirrox; xorriso -osirrox on -indev disc.iso -extract / osirrox 2> log
      isoinfo -J -i disc.iso -x /01-t1.flac > joliet.flac
      isoinfo -R -i disc.iso -x /02-t2.flac > ridge.flac
      for folder in seven osirrox; do
        cmp parcel/1.flac $folder/01-t1.flac
        cmp parcel/2.flac $folder/02-t2.flac
        cmp parcel/manifest.json $folder/RECEIPT
        jq -r '.body.files[] | .hash' $folder/RECEIPT > want
        for n in 01-t1 02-t2; do
          openssl dgst -sha256 -binary $folder/$n.flac | base64
        done | cmp - want
        [ "$(ls $folder | tr '\\n' ' ')" = "01-t1.flac 02-t2.flac INSERT.html RECEIPT " ]
      done
      cmp parcel/1.flac joliet.flac
      cmp parcel/2.flac ridge.flac
      isoinfo -d -i disc.iso > info; grep -q 'Volume id: O1' info
      grep -q '<title>Order o1</title>' seven/INSERT.html
      grep -q 'Söng t1 <i>Band "A"</i><td>01-t1.flac' seven/INSERT.html
      grep -q 'Made for alice' seven/INSERT.html
      ledger-verify -q
      """)
    #expect(
      try shell.kinds(of: "o1") == [
        "ordered", "marking", "marking", "delivered", "delivered", "burned", "deleted", "reported",
        "reported", "billed",
      ])
    #expect(try shell.leftovers.isEmpty)
  }

  /// An image is what xorriso writes by itself, with the files in their places; and when it says that a
  /// file lies elsewhere, is of another size or called otherwise, there is none.
  @Test func asByXorriso() throws {
    let shell = try ShopShell()
    try shell.expectSuccess(
      #"""
      data o1 --content t1 --content t2 > p.tar; tar -xf p.tar; shop --keep p.tar
      mkdir bin
      cat > bin/xorriso << 'EOF'
      #!/bin/bash
      case "$*" in *-print-size*) exec /usr/bin/xorriso "$@" ;; esac
      /usr/bin/xorriso "$@" > whole.iso
      python3 damage.py
      cat whole.iso
      EOF
      chmod +x bin/xorriso
      """#)
    // Byte 2 is the first of the place, 10 of the size, 33 of the name.
    for (offset, reason) in [
      (2, "has no place in the image"), (10, "01_T1.FLA has no place in the image"),
      (33, "11_T1.FLA has no place in the image"), (25, "the root folder is another one"),
    ] {
      try shell.expectSuccess(
        """
        cat > damage.py << 'EOF'
        image = bytearray(open('whole.iso', 'rb').read())
        image[image.index(b'01_T1.FLA') - 33 + \(offset)] ^= \(offset == 33 ? 1 : 0x81)
        open('whole.iso', 'wb').write(image)
        EOF
        """)
      let errors = try shell.expectFailure(
        "PATH=$PWD/bin:$PATH; shop --image disc.iso --retry o1")
      #expect(errors.contains(reason), "\(offset): \(errors)")
    }
    try shell.expectSuccess(
      "true > damage.py; (PATH=$PWD/bin:$PATH; shop --image disc.iso --retry o1)")
    try shell.expectSuccess(
      #"""
      python3 - << 'EOF'
      import subprocess
      whole, disc = bytearray(open('whole.iso', 'rb').read()), open('disc.iso', 'rb').read()
      assert len(whole) == len(disc)
      for line in subprocess.run(['isoinfo', '-l', '-i', 'whole.iso'], capture_output=True, text=True).stdout.splitlines():
          if ';1' not in line: continue
          words = line.replace('[', ' ').split()
          start, size, name = 2048 * int(words[8]), int(words[4]), words[10]
          copy = disc[start:start + size]
          if name[:2].isdigit(): copy = open(str(int(name[:2])) + '.flac', 'rb').read()
          if name[:2] == 'RE': copy = open('manifest.json', 'rb').read()
          assert not any(whole[start:start + size]) and len(copy) == size, name
          whole[start:start + size] = copy
      assert whole == disc
      EOF
      """#)
  }

  /// A disc of data in xorriso's drive that is a file.
  @Test func aDriveThatIsAFile() throws {
    let shell = try ShopShell()
    try shell.expectSuccess(
      """
      data o1 --content t1 > p.tar; tar -xf p.tar
      shop --device stdio:disc --speed 4 p.tar
      7z x -y -oseven disc > log; cmp 1.flac seven/01-t1.flac
      """)
    #expect(try shell.kinds(of: "o1") == burnedKinds)
    // It is written now: no blank medium.
    try shell.expectSuccess("data o2 --content t1 | shop --keep; cp disc before")
    #expect(
      try shell.expectFailure("shop --device stdio:disc --retry o2").contains(
        "the medium in 'stdio:disc' is not blank"))
    try shell.expectSuccess("cmp disc before")
    // Nothing is written, nothing is billed.
    try shell.expectSuccess("shop --device stdio:other --retry o2 --dummy")
    #expect(try shell.bills(of: "o2").isEmpty)
    #expect(try shell.kinds(of: "o2") == ["ordered", "marking", "delivered"])
    try shell.expectSuccess("shop --device stdio:other --retry o2; ledger-verify -q")
    #expect(try shell.kinds(of: "o2") == burnedKinds)
  }

  /// A medium that ends in the middle is spoiled, once; the next one is good, with one bill.
  @Test func aDiscThatEndsInTheMiddle() throws {
    let shell = try ShopShell()
    try shell.expectSuccess("data o1 --content t1 > p.tar; mkdir small")
    let small = shell.folder.path("small")
    let mounted = try Subprocess.run(
      "mount", ["-t", "tmpfs", "-o", "size=300k", "none", small])
    #expect(mounted.status == 0, "\(mounted.errors)")
    defer { _ = try? Subprocess.run("umount", [small]) }
    // xorriso knows beforehand what goes into this one.
    let full = try shell.expectFailure("shop --device stdio:small/disc p.tar")
    #expect(full.contains("and a disc of 150 sectors holds 150"), "\(full)")
    #expect(try shell.kinds(of: "o1") == ["ordered", "marking", "delivered"])
    // And not that this one ends after 300 KiB.
    try shell.expectSuccess(
      #"""
      mkdir bin
      cat > bin/xorriso << 'EOF'
      #!/bin/bash
      case "$*" in *cdrecord*) ulimit -f 300 ;; esac
      exec /usr/bin/xorriso "$@"
      EOF
      chmod +x bin/xorriso
      """#)
    let errors = try shell.expectFailure(
      "PATH=$PWD/bin:$PATH; shop --device stdio:disc --retry o1")
    #expect(errors.contains("disc 1 of the order 'o1' is spoiled: "), "\(errors)")
    #expect(errors.contains("hint: the parcel is kept"), "\(errors)")
    #expect(try shell.kinds(of: "o1") == ["ordered", "marking", "delivered", "spoiled"])
    let listed = try shell.expectSuccess("shop --list; shop --list --json").text
    #expect(listed.contains("\tspoiled\tdvd-r\t") && listed.contains(#""spoiled":1,"reason":""#))
    try shell.expectSuccess("rm disc; shop --device stdio:disc --retry o1; ledger-verify -q")
    #expect(
      try shell.kinds(of: "o1") == [
        "ordered", "marking", "delivered", "spoiled", "burned", "deleted", "reported", "billed",
      ])
    #expect(try shell.leftovers.isEmpty)
  }

  @Test func missingDrivesAndPrograms() throws {
    let shell = try ShopShell()
    try shell.expectSuccess(
      "data o1 --content t1 | shop --keep; parcel o2 --content t1 | shop --keep")
    let errors = try shell.expectFailure("shop --device /dev/none --retry o1")
    #expect(errors.contains("'xorriso' ended with status 5: "), "\(errors)")
    #expect(errors.contains("/dev/none"), "\(errors)")
    let audio = try shell.expectFailure("shop --device /dev/none --retry o2")
    #expect(audio.contains("'cdrdao' ended with status 1: "), "\(audio)")
    #expect(audio.contains("/dev/none"), "\(audio)")
    let missing = try shell.expectFailure("PATH=/nowhere; shop --device /dev/none --retry o2")
    #expect(missing.contains("the program 'cdrdao' is not installed"), "\(missing)")
    #expect(missing.contains("hint: on Debian: apt-get install cdrdao"), "\(missing)")
    // No medium was touched: none is spoiled.
    #expect(try shell.kinds(of: "o1") == ["ordered", "marking", "delivered"])
    #expect(try shell.kinds(of: "o2") == ["ordered", "marking", "delivered"])
  }
}
