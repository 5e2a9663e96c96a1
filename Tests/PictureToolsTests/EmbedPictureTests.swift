import Testing
import _TestSupport

/// wm-embed and wm-detect on pictures: methods, kinds, messages, and what is refused.
@Suite struct EmbedPictureTests {
  let pictures: PictureFolder

  init() throws { pictures = try PictureFolder() }

  @Test(arguments: ["spectral", "lsb", "tag"]) func aMessageGoesThroughPNG(_ method: String) throws
  {
    let result = try pictures.run(
      """
      set -e
      embed --method \(method) -o m.png a.png; pngcheck -q m.png
      detect --method \(method) m.png; cat m.png | detect --method \(method)
      ! detect --method \(method) a.png
      ! wm-detect --key other.key --method \(method) m.png
      """)
    #expect(result.status == 0, "\(result.errors)")
    let lines = result.text.split(separator: "\n")
    #expect(
      lines[0].hasPrefix("m.png: message=\(PictureFolder.message) key=studio method=\(method)"))
    #expect(lines[0].hasSuffix("content_server=1 delivery_server=2 outlet=3 user=4 serial=5"))
    #expect(lines[1] == lines[0].replacing("m.png", with: "-"))
    #expect(lines[2] == "a.png: nothing found" && lines[3] == "m.png: nothing found")
    #expect(lines[0].contains(#/ bound=1e-[0-9]{2,} /#))
  }

  @Test(arguments: ["spectral", "tag"]) func aMessageGoesThroughJPEG(_ method: String) throws {
    let result = try pictures.run(
      """
      set -e
      cat a.jpg | embed --method \(method) > m.jpg; jpeginfo -c m.jpg > log
      detect --method \(method) m.jpg
      ! detect --method \(method) a.jpg
      """)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.text.contains("message=\(PictureFolder.message) key=studio method=\(method)"))
    #expect(result.text.hasSuffix("a.jpg: nothing found\n"))
  }

  /// The watermark lives through what people do; the two others do not, and say so by silence.
  @Test func whatTheMarksLiveThrough() throws {
    let result = try pictures.run(
      """
      embed -o s.png a.png; embed --method lsb -o l.png a.png; embed --method tag -o t.png a.png
      for f in s l t; do
        case $f in s) m=spectral ;; l) m=lsb ;; t) m=tag ;; esac
        convert $f.png -crop 500x400+77+31 +repage cut.png
        convert $f.png -rotate 90 turned.png; convert $f.png -flop flopped.png
        convert $f.png -quality 60 coded.jpg; cwebp -quiet -q 60 $f.png -o coded.webp
        convert $f.png -resize 70% small.png
        for g in cut.png turned.png flopped.png coded.jpg coded.webp small.png; do
          n=$(detect --method $m $g 2>&1 | grep -c message=$M); echo $f $g $n
        done
      done
      detect turned.png; detect --method lsb turned.png
      """)
    func lines(_ mark: String, _ found: [Int]) -> String {
      let files = [
        "cut.png", "turned.png", "flopped.png", "coded.jpg", "coded.webp", "small.png",
      ]
      return zip(files, found).map { "\(mark) \($0) \($1)\n" }.joined()
    }
    let expected =
      lines("s", [1, 1, 1, 1, 1, 1]) + lines("l", [1, 1, 1, 0, 0, 0])
      + lines("t", [0, 0, 0, 0, 0, 0])
    #expect(result.text.hasPrefix(expected), "\(result.text)\(result.errors)")
  }

  @Test(arguments: [(0, false), (90, false), (180, false), (270, false), (0, true), (90, true)])
  func howAPictureLiesIsSaid(_ pose: (rotation: Int, isMirrored: Bool)) throws {
    let mirror = pose.isMirrored ? "-flop" : ""
    let result = try pictures.run(
      """
      embed -o m.png a.png; embed --method lsb -o l.png a.png
      for f in m l; do convert $f.png \(mirror) -rotate \(pose.rotation) +repage $f-t.png; done
      detect --json m-t.png | jq -c '[(.rotation|round),.mirrored,.width]'
      detect --method lsb --json l-t.png | jq -c '[(.rotation|round),.mirrored,.width]'
      """)
    let rotation = pose.rotation > 180 ? pose.rotation - 360 : pose.rotation
    let line = "[\(rotation),\(pose.isMirrored),\(rotation == 0 || rotation == 180 ? 640 : 480)]"
    #expect(result.text.replacing("-0", with: "0") == "\(line)\n\(line)\n", "\(result.errors)")
  }

  @Test func shortMessages() throws {
    let result = try pictures.run(
      """
      wm-embed --key key --bits 64 --cs 1 --serial 5 --outlet 3 -o a1.png a.png
      wm-embed --key key --bits 64 --message \(PictureFolder.short) --json -o a2.png a.png \\
        | jq -c '[.message,.bits]'
      cmp a1.png a2.png && detect a1.png
      detect --json a1.png | jq -c '[.bits,.identity]'
      """)
    let lines = result.text.split(separator: "\n")
    #expect(lines[0] == "[\"\(PictureFolder.short)\",64]", "\(result.errors)")
    #expect(lines[1].hasPrefix("a1.png: message=\(PictureFolder.short) key=studio"))
    #expect(lines[1].hasSuffix("content_server=1 outlet=3 serial=5"))
    #expect(lines[2] == #"[64,{"content_server":1,"outlet":3,"serial":5}]"#)
  }

  /// The strength is the PSNR, as ImageMagick measures it.
  @Test(arguments: [(0.5, 48.02), (1, 42), (2, 35.98)])
  func strengthIsAPSNR(_ strength: (factor: Double, psnr: Double)) throws {
    let result = try pictures.run(
      """
      embed --strength \(strength.factor) --json -o m.png a.png | jq .psnr_db
      compare -metric PSNR a.png m.png null:
      """)
    let said = try #require(Double(result.text.filter { !$0.isWhitespace }), "\(result.errors)")
    let measured = try #require(Double(result.errors))
    #expect(abs(said - measured) < 0.01)
    #expect(abs(measured - strength.psnr) < 0.3)
  }

  static let refusals: [(line: String, text: String)] = [
    ("embed -o m.png a.png && embed -o n.png m.png", "'m.png' already carries the message 0001"),
    (
      "embed --method lsb -o m.png a.png && embed --method lsb -o n.png m.png",
      "'m.png' already carries the message 0001"
    ),
    (
      "embed --method tag -o m.png a.png && embed --method tag -o n.png m.png",
      "'m.png' already carries the message 0001"
    ),
    ("embed --method lsb -o n.jpg a.jpg", "--method lsb needs samples that are kept"),
    ("convert a.png -crop 50x50+0+0 s.png; embed --method lsb -o n.png s.png", "at least 64 x 32"),
    ("embed --plan delivery -o n.png a.png", "--plan is for sound, and 'a.png' is a picture"),
    ("embed --format flac -o n.png a.png", "--format is for sound"),
    ("embed -o n.jpg a.png", "'n.jpg' would be a PNG file under another name"),
    ("embed --bits 65 -o n.png a.png", "--bits 65 is neither 128 nor 64"),
    ("embed --bits 64 -o n.png a.png", "32 hexadecimal digits"),
    (
      "wm-embed --key key --bits 64 --method lsb --cs 1 --serial 1 -o n.png a.png",
      "--method lsb writes 128 bits, not 64"
    ),
    ("convert a.png t.tif; embed -o n.png t.tif", "'t.tif' is TIFF, which is not read"),
    ("convert a.png t.webp; embed -o n.png t.webp", "'t.webp' is WebP, which is read but not"),
    ("head -c 60000 a.png > t.png; embed -o n.png t.png", "'t.png' is cut short"),
    ("head -c 20000 a.jpg > t.jpg; embed -o n.jpg t.jpg", "'t.jpg' is cut short"),
    ("embed -o a.png a.png", "is both input and output"),
    ("embed a.png > /dev/full", "no space left"),
  ]

  @Test(arguments: refusals.indices) func whatIsRefusedLeavesNothing(_ index: Int) throws {
    let (line, text) = Self.refusals[index]
    let result = try pictures.run(line)
    #expect(result.status == 2, "\(line)")
    #expect(result.errors.contains(text), "\(line): \(result.errors)")
    #expect(!pictures.folder.entries.contains { $0.hasPrefix("n.") || $0.hasPrefix(".") })
  }

  @Test func remarkIsPossible() throws {
    let result = try pictures.run(
      """
      set -e
      for m in lsb tag; do
        embed --method $m -o m.png a.png
        wm-embed --key key --message ${M%5}6 --method $m --remark -o n.png m.png
        detect --method $m n.png | grep -o 'message=[0-9a-f]*'
      done
      """)
    let line = "message=\(PictureFolder.message.dropLast())6\n"
    #expect(result.status == 0 && result.text == line + line, "\(result.text)\(result.errors)")
  }

  /// Coarse JPEGs are quantised finely enough for the mark, unless their quality is insisted on.
  @Test func coarseJPEG() throws {
    let result = try pictures.run(
      """
      set -e
      convert b.png -attenuate 3 +noise Gaussian -quality 40 b.jpg
      embed -o m.jpg b.jpg; detect -q m.jpg; echo $?
      embed --quality 0 -o o.jpg b.jpg
      identify -format '%Q ' b.jpg o.jpg m.jpg
      """)
    #expect(result.status == 0, "\(result.errors)")
    let words = result.text.split { $0.isWhitespace }
    #expect(words.count == 4 && words[0] == "0")
    #expect(words[1] == "40" && words[2] == "40" && words[3] != "40", "\(words)")
  }

  /// A picture without room for a mark is written, and that the mark is not there is said.
  @Test(arguments: ["-size 40x30 xc:gray", "-size 1x1 xc:red"])
  func whatHoldsNoMark(_ picture: String) throws {
    let result = try pictures.run(
      "convert \(picture) s.png; embed --json -o n.png s.png | jq .readable; ! detect -q n.png")
    #expect(result.status == 0 && result.text == "false\n", "\(result.text)\(result.errors)")
    #expect(
      result.errors.contains("warning: the mark cannot be read back from the copy of 's.png'"))
  }

  /// One list of inputs may hold sound and pictures.
  @Test func soundAndPicturesTogether() throws {
    try pictures.folder.write("song.wav", SyntheticMusic(seconds: 20, seed: 3).wave)
    let result = try pictures.run(
      """
      embed -o m.png a.png; embed -o m.wav song.wav
      detect --json m.png m.wav b.png | jq -r '[.file,.type,.message]|join(" ")'
      """)
    let message = PictureFolder.message
    #expect(
      result.text
        == "m.png detection \(message)\nm.wav detection \(message)\nb.png none \n",
      "\(result.errors)")
  }

  /// A picture that is cut short still tells what its readable part says, and is an error.
  @Test func aCutPictureIsReadAsFarAsItGoes() throws {
    let result = try pictures.run(
      """
      embed -o m.png a.png; head -c $(($(stat -c %s m.png) * 9 / 10)) m.png > cut.png; detect cut.png
      """)
    #expect(result.status == 2)
    #expect(result.text.contains("cut.png: message=\(PictureFolder.message)"), "\(result.text)")
    #expect(result.errors.contains("'cut.png' is cut short"))
  }
}
