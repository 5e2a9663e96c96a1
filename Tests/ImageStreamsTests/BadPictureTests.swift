import ImageStreams
import Testing
import _TestSupport

/// What is no picture, is damaged or asks for too much is said clearly, and nothing is left behind.
@Suite struct BadPictureTests {
  private static func png(
    _ change: (inout PNGBytes) -> Void = { _ in }, edit: (inout [UInt8]) -> Void = { _ in }
  ) -> [UInt8] {
    var generator = SeededGenerator(seed: 1)
    var png = PNGBytes()
    change(&png)
    if png.samples.isEmpty { png.fill(&generator) }
    var bytes = png.bytes
    edit(&bytes)
    return bytes
  }

  /// A header that claims a size, and the pixels of another.
  private static func claiming(_ width: Int, _ height: Int, type: Int = 2) -> [UInt8] {
    var header = PNGBytes(width: width, height: height, colorType: type)
    header.samples = [0]
    let pixels = PNGBytes.chunk("IDAT", PNGBytes.deflated([UInt8](repeating: 0, count: 100_000)))
    return PNGBytes.signature + header.header + pixels + PNGBytes.chunk("IEND", [])
  }

  static let cases: [(name: String, bytes: [UInt8], text: String)] = [
    ("signature", PNGBytes.signature, "is cut short"),
    ("text mode", png(edit: { $0.remove(at: 4) }), "line ends were converted"),
    ("no IHDR", PNGBytes.signature + PNGBytes.chunk("tEXt", [65, 0, 66]), "begin with IHDR"),
    (
      "short IHDR",
      PNGBytes.signature + PNGBytes.chunk("IHDR", [1, 2]) + PNGBytes.chunk("IEND", []), "IHDR has 2"
    ),
    ("no pixels", claiming(0, 7), "0 x 7 pixels"),
    ("no IDAT", png(edit: { $0 = Array($0[..<33]) + PNGBytes.chunk("IEND", []) }), "no pixels"),
    ("kind", png(edit: { $0[25] = 5 }), "no colour type 5"),
    ("depth", png(edit: { $0[24] = 7 }), "with 7 bits"),
    ("giant", claiming(0x7FFF_FFFF, 0x7FFF_FFFF), "2147483647 x 2147483647 pixels, more than"),
    ("wide", claiming(1 << 20, 1 << 9), "more than 268435456"),
    ("bomb", claiming(16000, 16000), "is cut short"),
    ("small lie", claiming(300, 300), "is cut short"),
    ("cut", png(edit: { $0.removeLast(500) }), "is cut short"),
    ("no end", png(edit: { $0.removeLast(12) }), "is cut short"),
    ("length", png(edit: { $0[33] = 0xFF }), "no chunk begins at byte 33"),
    ("CRC of pixels", png(edit: { $0[60] ^= 1 }), "is damaged: IDAT"),
    (
      "CRC of a text",
      png({ $0.last = [PNGBytes.chunk("tEXt", [65, 0, 66])] }, edit: { $0[$0.count - 13] ^= 1 }),
      "the check of the chunk tEXt is wrong"
    ),
    (
      "animated", png({ $0.first = [PNGBytes.chunk("acTL", PNGBytes.big(2) + PNGBytes.big(0))] }),
      "is an animated PNG"
    ),
    (
      "critical", png({ $0.first = [PNGBytes.chunk("CgBI", [1, 2, 3, 4])] }),
      "without knowing the chunk CgBI"
    ),
    (
      "two headers", png({ $0.middle = [$0.header] }), "two chunks IHDR"
    ),
    (
      "index",
      png({
        $0 = PNGBytes(colorType: 3, paletteCount: 3)
        $0.samples = [UInt16](repeating: 3, count: 61 * 37)
      }), "palette index 3, and there are 3 entries"
    ),
    ("GIF", Array("GIF89a----------".utf8), "is GIF, which is not read"),
    ("HEIC", [0, 0, 0, 24] + Array("ftypheic----".utf8), "is HEIC, which is not read"),
    ("SOI", [0xFF, 0xD8, 0xFF], "is damaged: JPEG datastream contains no image"),
    ("JPEG rubbish", [0xFF, 0xD8, 0xFF, 0xE0, 0, 1, 2], "has a length of 1"),
    ("WebP head", Array("RIFF\u{10}\0\0\0WEBPVP8 ".utf8), "is cut short"),
    (
      "WebP rubbish",
      Array("RIFF\u{20}\0\0\0WEBPVP8 ".utf8) + [16, 0, 0, 0]
        + [UInt8](repeating: 7, count: 20), "is damaged"
    ),
  ]

  let copying = ImageCopying()

  @Test(arguments: cases.indices) func isRefused(_ index: Int) throws {
    let (name, bytes, text) = Self.cases[index]
    try copying.folder.write("in", bytes)
    for line in ["image-copy --add 3 -o out in", "cat in | image-copy --add 3 -o out"] {
      let result = try copying.shell("ulimit -v 4000000; \(line)")
      #expect(result.status == 2, "\(name): \(result.errors)")
      #expect(result.errors.contains(text), "\(name): \(result.errors)")
      #expect(copying.folder.entries == ["in"], "\(name): \(line)")
    }
  }

  @Test(arguments: ["png", "jpg"]) func onePixelIsAPicture(_ kind: String) throws {
    let result = try copying.shell(
      "convert -size 1x1 xc:gray50 in.\(kind); image-copy --add 30 -o out.\(kind) in.\(kind); "
        + "convert out.\(kind) -depth 8 gray:- | od -An -tu1")
    #expect(result.status == 0, "\(result.errors)")
    let value = try #require(Int(result.text.filter { !$0.isWhitespace }), "\(result.text)")
    #expect(abs(value - 157) < 4)
  }

  /// The readable part of a picture that is cut short comes before the error.
  @Test(arguments: ["png", "jpg", "webp"]) func theReadablePartIsGiven(_ kind: String) throws {
    let result = try copying.shell(
      """
      convert -seed 5 -size 400x400 plasma: in.\(kind)
      head -c $(($(stat -c %s in.\(kind)) * 3 / 4)) in.\(kind) > cut.\(kind)
      image-copy --luma -o a.pgm in.\(kind)
      image-copy --luma -o b.pgm cut.\(kind) || test $? = 2
      convert a.pgm -crop 400x200+0+0 +repage a.gray; convert b.pgm -crop 400x200+0+0 +repage b.gray
      cmp a.gray b.gray
      """)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors.contains("is cut short"), "\(result.errors)")
  }

  /// Scans that came before the end show the whole picture, less finely.
  @Test func aProgressivePictureIsReadLessFinely() throws {
    let result = try copying.shell(
      """
      convert -seed 5 -size 400x400 plasma: s.ppm; cjpeg -quality 90 -progressive s.ppm > in.jpg
      head -c $(($(stat -c %s in.jpg) * 3 / 4)) in.jpg > cut.jpg
      image-copy --luma -o a.pgm in.jpg; image-copy --luma -o b.pgm cut.jpg || test $? = 2
      compare -metric PSNR a.pgm b.pgm null: 2> psnr || true; cat psnr
      """)
    #expect(result.errors.contains("is cut short"), "\(result.errors)")
    let ratio = try #require(Double(result.text), "\(result.text)")
    #expect(ratio > 30)
  }

  @Test func aFullDiskIsAnError() throws {
    let result = try copying.shell(
      "convert -size 9x9 xc:red in.png; image-copy in.png > /dev/full")
    #expect(result.status == 2)
    #expect(result.errors.contains("no space left on device"), "\(result.errors)")
  }
}
