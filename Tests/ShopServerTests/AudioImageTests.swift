import AudioStreams
import Ledger
import Testing
import _TestSupport

/// Images of audio discs, as other programs see them.
@Suite struct AudioImageTests {
  /// Other programs read what was ordered: tracks, texts, codes.
  @Test func othersReadTheImage() throws {
    let shell = try ShopShell()
    try shell.expectSuccess(
      """
      parcel o1 --content t1 --content t2 > p.tar
      shop --image disc.cue p.tar
      tar -xf p.tar
      """)
    let info = try shell.run("LC_ALL=C.UTF-8 cd-info --no-device-info disc.cue 2> log").text
    for line in [
      "1: 00:02:00  000000 audio", "2: 00:07:00  000375 audio", "170: 00:11:38  000713 leadout",
      "Media Catalog Number (MCN): 4006381333931", "TITLE: Söng t1", "TITLE: Söng t2",
      "PERFORMER: Band 'A'",
    ] {
      #expect(info.contains(line), "\(line) is not in \(info)")
    }
    let toc = try shell.run("cdrdao show-toc disc.toc 2>&1").text
    for line in [
      "CATALOG NUMBER: 4006381333931", "ISRC JP Z01 26 00040", "ISRC JP Z01 26 00041",
      "END    00:05:00(   375)", "END    00:09:38(   713)",
    ] {
      #expect(toc.contains(line), "\(line) is not in \(toc)")
    }
    for file in ["disc.toc", "disc.cue"] {
      let test = try shell.run("cdrdao read-test \(file) 2>&1")
      #expect(test.status == 0 && test.text.contains("Read 713 blocks."), "\(test.text)")
    }
    // CD-TEXT as bytes of ISO 8859-1, with the quotes that a cue sheet cannot have.
    try shell.expectSuccess(
      #"""
      grep -q 'TITLE "S\\366ng t1"' disc.toc
      grep -q 'PERFORMER "Band \\"A\\""' disc.toc
      """#)
  }

  /// A rip is what was laid out, to the bit, and its name is in the ledger.
  @Test func aRipIsTheCopy() throws {
    let shell = try ShopShell([
      ShopShell.Title(name: "t1", seconds: 15), ShopShell.Title(name: "t2", seconds: 4.501),
    ])
    try shell.expectSuccess(
      """
      parcel o1 --content t1 --content t2 > p.tar
      shop --image disc.cue < p.tar
      tar -xf p.tar
      for n in 1 2; do
        cd-paranoia -d disc.cue -q -w $n rip$n.wav 2> log
        sox $n.wav -t raw want.raw
        sox rip$n.wav -t raw rip.raw
        size=$(stat -c %s want.raw)
        # The copy, and silence to the end of the sector.
        cmp -n $size want.raw rip.raw
        [ $(( ($size + 2351) / 2352 * 2352 )) = $(stat -c %s rip.raw) ]
        [ $(tail -c +$((size + 1)) rip.raw | tr -d '\\0' | wc -c) = 0 ]
      done
      # Other programs read the sheet, too.
      ffmpeg -v error -f s16le -ar 44100 -ac 2 -i disc.bin -t 15 -f s16le image.raw
      sox 1.wav -t raw want.raw
      cmp want.raw image.raw
      """)
    let found = try shell.run("detect rip1.wav")
    #expect(found.text.contains("user=alice order=o1 content=t1"), "\(found.text)")
    #expect(found.text.contains("shop=kiosk"), "\(found.text)")
    #expect(try shell.run("detect t1.source.wav").status == 1)
  }

  /// What is not 44.1 kHz, 16 bits and stereo becomes so, the same each time, and stays traceable.
  @Test(arguments: [
    ShopShell.Title(name: "t1", seconds: 20, rate: 48000, encoding: .int24),
    ShopShell.Title(name: "t1", seconds: 20, rate: 44100, channels: 1),
    ShopShell.Title(name: "t1", seconds: 20, rate: 96000, encoding: .float32),
  ])
  func otherFormats(_ title: ShopShell.Title) throws {
    let shell = try ShopShell([title])
    try shell.expectSuccess(
      """
      parcel o1 --content t1 > p.tar
      shop --keep p.tar
      cp -r shop shop.before; cp l l.before
      shop --image a.cue --retry o1
      rm -rf shop l l.index*; mv shop.before shop; cp l.before l
      shop --image b.cue --retry o1
      cmp a.bin b.bin
      tar -xf p.tar
      cd-paranoia -d a.cue -q -w 1 rip.wav 2> log
      """)
    let found = try shell.run("detect rip.wav")
    #expect(found.text.contains("user=alice order=o1"), "\(found.text) \(found.errors)")
    if title.channels == 1 {
      // Both channels are the copy, bit for bit.
      try shell.expectSuccess(
        """
        for n in 1 2; do sox rip.wav -t raw - remix $n | cmp -n 1764000 - <(sox 1.wav -t raw -); done
        """)
    } else {
      // No further away than resampling by another program and the dither.
      let difference = try shell.run(
        """
        sox 1.wav -D -b 32 -e float want.wav rate -v 44100
        sox -m -v 1 rip.wav -v -1 want.wav -n sinc -15k trim 0.5 19 stats 2>&1 | awk '/RMS lev/ { print $4 }'
        """
      ).text
      let level = Double(difference.split(separator: "\n").last ?? "") ?? 0
      #expect(level < -90, "\(difference)")
    }
  }

  /// What does not fit on one disc goes onto several; nothing is written when a title fits on none.
  @Test func severalDiscs() throws {
    let shell = try ShopShell([
      ShopShell.Title(name: "t1", seconds: 4.2), ShopShell.Title(name: "t3", seconds: 10),
    ])
    try shell.expectSuccess(
      """
      sox -n -r 44100 -b 16 -c 1 long.wav synth 1250 pinknoise vol -6dB
      cs publish --content t2 --title 'Long' --currency JPY --price 100 --tax 10% --place ds=cache long.wav
      parcel o1 --content t1 --content t2 --content t3 | shop --keep
      shop --capacity 21 --image disc.cue --retry o1
      ls disc* | tr '\n' ' ' > names
      """)
    let names = String(decoding: try shell.folder.read("names"), as: UTF8.self)
    #expect(names == "disc-1.bin disc-1.cue disc-1.toc disc-2.bin disc-2.cue disc-2.toc ")
    let burned = try shell.events().compactMap { ($0.event.body as? Burned)?.discs }
    #expect(burned == [2])
    #expect(try shell.bills(of: "o1") == ["shop:kiosk content-server:cs 330 for alice"])
    let sheets = try shell.run("cat disc-1.cue disc-2.cue | iconv -f latin1 -t utf8").text
    for line in [
      "TITLE \"o1 (1/2)\"", "TITLE \"Söng t3 (2/2)\"", "FILE \"disc-1.bin\" BINARY",
      "FILE \"disc-2.bin\" BINARY",
    ] {
      #expect(sheets.contains(line), "\(line) is not in \(sheets)")
    }
    try shell.expectSuccess(
      "cd-info --no-device-info disc-2.cue > info 2> log; grep -q '  1: 00:02:00  000000' info")
  }

  @Test func namesOfOtherKindsAreRefusedAndTheParcelIsKept() throws {
    let shell = try ShopShell()
    try shell.expectSuccess("parcel o1 --content t1 > p.tar; data o2 --content t1 > d.tar")
    #expect(
      try shell.expectFailure("shop --image disc.iso p.tar").contains(
        "'disc.iso' is no name for the image of a cd-r"))
    #expect(
      try shell.expectFailure("shop --image disc.cue d.tar").contains(
        "'disc.cue' is no name for the image of a dvd-r"))
    let listed = try shell.expectSuccess("shop --list; shop --list --json").text
    #expect(listed.contains("o1\talice\tt1\twaiting\tcd-r\t"), "\(listed)")
    #expect(listed.contains(#""order":"o2","user":"alice","state":"waiting","medium":"dvd-r""#))
    try shell.expectSuccess("shop --image disc.cue --retry o1; shop --image x.iso --retry o2")
    #expect(try shell.kinds(of: "o1") == burnedKinds)
    #expect(try shell.leftovers.isEmpty)
  }

  /// The same parcel again, and the same order again, are one disc and one bill.
  @Test func twiceIsOnce() throws {
    let shell = try ShopShell()
    try shell.expectSuccess("parcel o1 --content t1 > p.tar; shop --image disc.cue p.tar")
    for line in ["shop --image two.cue p.tar", "shop --image two.cue --retry o1"] {
      #expect(
        try shell.expectFailure(line).contains("what was held for 'o1' is erased: it was burned"))
    }
    #expect(try shell.run("ls two.*").status != 0)
    #expect(try shell.bills(of: "o1") == ["shop:kiosk content-server:cs 110 for alice"])
    // At once.
    try shell.expectSuccess("parcel o2 --content t1 > p.tar")
    let result = try shell.run(
      "for i in 1 2 3; do shop --image $i.cue p.tar 2> $i.log & done; wait; cat *.log")
    #expect(result.text.split(separator: "\n").filter { $0.contains("error:") }.count == 2)
    #expect(try shell.kinds(of: "o2") == burnedKinds)
  }

  /// A disk that is full leaves no image, no bill, and the parcel.
  @Test func aFullDisk() throws {
    let shell = try ShopShell()
    try shell.expectSuccess("parcel o1 --content t1 | shop --keep")
    // 128 KiB at most for one file.
    let result = try shell.run("ulimit -f 128; shop --image disc.cue --retry o1")
    #expect(result.status == 2 && result.errors.contains("cannot write 'disc.bin'"))
    #expect(try shell.run("ls disc.* .disc.*").text.isEmpty)
    #expect(try shell.bills(of: "o1").isEmpty)
    try shell.expectSuccess("shop --image disc.cue --retry o1 --dummy; test ! -e disc.bin")
    #expect(try shell.kinds(of: "o1").count == 3)
    try shell.expectSuccess("shop --image disc.cue --retry o1; ledger-verify -q")
    #expect(try shell.kinds(of: "o1") == burnedKinds)
  }

  /// Nothing of a copy is in the shop's folder, before and after.
  @Test func noPlaintextAnywhere() throws {
    let shell = try ShopShell()
    try shell.expectSuccess(
      """
      export TMPDIR=$PWD/tmp; mkdir tmp
      parcel o1 --content t1 > p.tar; data o2 --content t2 > d.tar
      tar -xOf p.tar 1.wav > 1.wav; tar -xOf d.tar 1.flac > 1.flac
      shop --keep p.tar; shop --keep d.tar
      find shop tmp -type f > files
      """)
    #expect(try !contains(shell, try shell.folder.read("1.wav")))
    try shell.expectSuccess(
      "TMPDIR=$PWD/tmp; shop --image a.cue --retry o1; shop --image b.iso --retry o2")
    #expect(try !contains(shell, try shell.folder.read("1.wav")))
    #expect(try !contains(shell, try shell.folder.read("1.flac")))
    #expect(try shell.leftovers.isEmpty)
    #expect(try shell.run("ls -A tmp shop/holdings").text == "shop/holdings:\n\ntmp:\n")
    // The search finds what is there.
    try shell.expectSuccess("cp 1.wav shop/holdings/x")
    #expect(try contains(shell, try shell.folder.read("1.wav")))
  }

  /// Whether any file of the shop or of TMPDIR has a piece of a copy.
  private func contains(_ shell: ShopShell, _ copy: [UInt8]) throws -> Bool {
    let piece = copy[(copy.count / 2)..<(copy.count / 2 + 24)]
    try shell.folder.write("piece", Array(piece))
    let result = try shell.run(
      """
      python3 - <<'EOF'
      import os
      piece = open('piece', 'rb').read()
      found = [os.path.join(f, n) for top in ('shop', 'tmp') for f, _, ns in os.walk(top) for n in ns
               if piece in open(os.path.join(f, n), 'rb').read()]
      print(len(found))
      EOF
      """)
    #expect(result.status == 0, "\(result.errors)")
    return result.text != "0\n"
  }
}
