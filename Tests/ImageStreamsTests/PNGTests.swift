import ImageStreams
import Testing
import _TestSupport

/// Every kind of PNG comes through, by the word of ImageMagick and pngcheck.
@Suite struct PNGTests {
  struct Case: CustomTestStringConvertible {
    let colorType: Int
    let bitDepth: Int
    let isInterlaced: Bool
    var opacities = 0

    var testDescription: String {
      "type \(colorType), \(bitDepth) bits\(isInterlaced ? ", Adam7" : "")"
        + (opacities > 0 ? ", opacities" : "")
    }
  }

  static let cases: [Case] =
    [(0, [1, 2, 4, 8, 16]), (2, [8, 16]), (3, [1, 2, 4, 8]), (4, [8, 16]), (6, [8, 16])].flatMap {
      type, depths in
      depths.flatMap { depth in
        [false, true].map { Case(colorType: type, bitDepth: depth, isInterlaced: $0) }
      }
    } + [Case(colorType: 3, bitDepth: 8, isInterlaced: false, opacities: 7)]

  let copying = ImageCopying()

  private func picture(_ some: Case) -> PNGBytes {
    var generator = SeededGenerator(seed: UInt64(some.colorType * 100 + some.bitDepth))
    var png = PNGBytes(
      colorType: some.colorType, bitDepth: some.bitDepth, isInterlaced: some.isInterlaced,
      paletteCount: some.colorType == 3 ? min(1 << some.bitDepth, 200) : 0,
      opacityCount: some.opacities)
    png.fill(&generator)
    return png
  }

  @Test(arguments: cases) func unchangedIsTheSameFile(_ some: Case) throws {
    let bytes = picture(some).bytes
    try copying.folder.write("in.png", bytes)
    let result = try copying.shell("pngcheck -q in.png; cat in.png | image-copy > out.png")
    #expect(result.status == 0, "\(result.errors)")
    #expect(try copying.folder.read("out.png") == bytes)
  }

  @Test(arguments: cases) func whatIsAddedIsAllThatChanges(_ some: Case) throws {
    try copying.folder.write("in.png", picture(some).bytes)
    let result = try copying.shell("image-copy --add=-9 -o out.png in.png; pngcheck -q out.png")
    #expect(result.status == 0, "\(result.errors)")
    let (old, new) = (try copying.pixels("in.png"), try copying.pixels("out.png"))
    #expect(old.count == new.count)
    var wrong = 0
    for pixel in 0..<old.count / 4 {
      let isSquare = (pixel % 61 / 16 + pixel / 61 / 16).isMultiple(of: 2)
      let opacity = old[4 * pixel + 3]
      if new[4 * pixel + 3] != opacity { wrong += 1 }
      for color in 4 * pixel..<4 * pixel + 3 {
        let change = isSquare && opacity > 0 ? 9 * 257 : 0
        if new[color] != UInt16(max(Int(old[color]) - change, 0)) { wrong += 1 }
      }
    }
    #expect(wrong == 0)
  }

  @Test(arguments: [0, 2]) func theColorThatIsTransparentStaysAlone(_ colorType: Int) throws {
    var png = PNGBytes(width: 64, height: 64, colorType: colorType)
    let key = colorType == 0 ? [UInt8(0), 100] : [0, 100, 0, 50, 0, 200]
    png.middle = [PNGBytes.chunk("tRNS", key)]
    // Half of the pixels are transparent, the others would become so.
    png.samples = (0..<64 * 64).flatMap { pixel in
      stride(from: 1, to: key.count, by: 2).map {
        UInt16(key[$0]) + (pixel.isMultiple(of: 2) ? 0 : 9)
      }
    }
    let bytes = png.bytes
    try copying.folder.write("in.png", bytes)
    let result = try copying.shell("image-copy --add=-9 -o out.png in.png; pngcheck -q out.png")
    #expect(result.status == 0, "\(result.errors)")
    let (old, new) = (try copying.pixels("in.png"), try copying.pixels("out.png"))
    #expect(old == new)
    #expect(old.contains(0) && old.contains(65535))
  }

  @Test func lumaIsThatOfTheColors() throws {
    var png = PNGBytes(width: 4, height: 1, colorType: 6)
    png.samples = [255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 0, 0, 0, 51]
    let (luma, fault) = try ImageCopying.image(png.bytes).luma()
    #expect(fault == nil)
    #expect(
      zip(luma, [76.245, 149.685, 29.07, 204]).allSatisfy { abs($0 - $1) < 0.001 }, "\(luma)")
  }
}
