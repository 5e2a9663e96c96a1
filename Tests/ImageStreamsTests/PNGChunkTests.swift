import ImageStreams
import Testing
import _TestSupport

/// Chunks beside the pixels stay byte for byte and in their places.
@Suite struct PNGChunkTests {
  let copying = ImageCopying()

  /// A picture with chunks of all kinds, known and unknown, some of them twice.
  private func rich(colorType: Int = 2, bitDepth: Int = 8) -> PNGBytes {
    var generator = SeededGenerator(seed: 5)
    var png = PNGBytes(
      colorType: colorType, bitDepth: bitDepth, paletteCount: colorType == 3 ? 16 : 0,
      opacityCount: colorType == 3 ? 3 : 0)
    let text = Array("Comment".utf8) + [0] + Array("one".utf8)
    png.first = [
      PNGBytes.chunk("gAMA", PNGBytes.big(45455)),
      PNGBytes.chunk("pHYs", PNGBytes.big(2835) + PNGBytes.big(2835) + [1]),
      PNGBytes.chunk("prVw", [1, 2, 3]), PNGBytes.chunk("tEXt", text),
      PNGBytes.chunk("tEXt", text),
      PNGBytes.chunk(
        "zTXt",
        Array("Author".utf8) + [0, 0]
          + PNGBytes.deflated(Array("somebody".utf8))),
    ]
    png.middle = [
      PNGBytes.chunk("eXIf", Array("MM".utf8) + [0, 42, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0]),
      PNGBytes.chunk("prVt", generator.bytes(1000)), PNGBytes.chunk("prVt", []),
    ]
    png.last = [
      PNGBytes.chunk("tIME", [7, 234, 11, 28, 6, 40, 0]), PNGBytes.chunk("tEXt", text),
      PNGBytes.chunk("prVt", [9]),
    ]
    png.fill(&generator)
    return png
  }

  @Test(arguments: [(0, 8), (2, 8), (2, 16), (6, 16)])
  func allStay(_ kind: (colorType: Int, bitDepth: Int)) throws {
    let bytes = rich(colorType: kind.colorType, bitDepth: kind.bitDepth).bytes
    try copying.folder.write("in.png", bytes)
    let result = try copying.shell("image-copy --add 5 -o out.png in.png; pngcheck -q out.png")
    #expect(result.status == 0, "\(result.errors)")
    let written = try copying.folder.read("out.png")
    #expect(PNGBytes.chunks(written) == PNGBytes.chunks(bytes))
    #expect(written != bytes)
  }

  @Test func thoseOfAPaletteGoWithIt() throws {
    var png = rich(colorType: 3, bitDepth: 4)
    let background = PNGBytes.chunk("bKGD", [2])
    let histogram = PNGBytes.chunk("hIST", [UInt8](repeating: 1, count: 32))
    png.middle += [background, histogram]
    png.first.append(PNGBytes.chunk("sBIT", [5, 5, 5]))
    try copying.folder.write("in.png", png.bytes)
    let result = try copying.shell("image-copy --add 5 -o out.png in.png; pngcheck -q out.png")
    #expect(result.status == 0, "\(result.errors)")
    let colors: [UInt8] = png.palette[6..<9].flatMap { [0, $0] }
    var expected = PNGBytes.chunks(png.bytes)
    expected.removeAll { chunk in
      ["PLTE", "tRNS", "hIST", "sBIT"].contains { chunk[4..<8].elementsEqual($0.utf8) }
    }
    expected = expected.map { $0 == background ? PNGBytes.chunk("bKGD", colors) : $0 }
    png.colorType = 6
    png.bitDepth = 8
    expected[0] = png.header
    #expect(PNGBytes.chunks(try copying.folder.read("out.png")) == expected)
  }

  @Test func grayOfFewBitsIsScaled() throws {
    var png = rich(colorType: 0, bitDepth: 2)
    png.middle = [PNGBytes.chunk("tRNS", [0, 2]), PNGBytes.chunk("bKGD", [0, 1])]
    try copying.folder.write("in.png", png.bytes)
    let result = try copying.shell("image-copy --add 5 -o out.png in.png; pngcheck -q out.png")
    #expect(result.status == 0, "\(result.errors)")
    let chunks = PNGBytes.chunks(try copying.folder.read("out.png"))
    #expect(chunks.contains(PNGBytes.chunk("tRNS", [0, 170])))
    #expect(chunks.contains(PNGBytes.chunk("bKGD", [0, 85])))
  }

  @Test func aTextIsPutInFrontOfThePixels() throws {
    let bytes = rich().bytes
    try copying.folder.write("in.png", bytes)
    let result = try copying.shell(
      """
      image-copy --text a=1 -o one.png in.png
      image-copy --text b=2 -o two.png one.png
      pngcheck -q one.png two.png
      convert in.png a.rgb; convert two.png b.rgb; cmp a.rgb b.rgb
      exiftool -s3 -Sukashi-mark two.png
      """)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.text == "b=2\n")
    var expected = PNGBytes.chunks(bytes)
    let text = Array("sukashi-mark".utf8) + [0, 0, 0, 0, 0] + Array("b=2".utf8)
    expected.insert(PNGBytes.chunk("iTXt", text), at: 10)
    #expect(PNGBytes.chunks(try copying.folder.read("two.png")) == expected)
    let texts = try ImageCopying.image(copying.folder.read("two.png")).texts
    #expect(texts.contains { String(decoding: $0, as: UTF8.self).hasSuffix("b=2") })
    #expect(texts.contains { String(decoding: $0, as: UTF8.self) == "Authorsomebody" })
  }

  @Test func whatFollowsTheEndIsLeftOutAndSaid() throws {
    let bytes = rich().bytes
    try copying.folder.write("in.png", bytes + [1, 2, 3, 4, 5])
    let result = try copying.shell("image-copy -o out.png in.png")
    #expect(result.status == 0)
    #expect(result.errors.contains("warning: the 5 bytes behind the picture"), "\(result.errors)")
    #expect(try copying.folder.read("out.png") == bytes)
  }
}
