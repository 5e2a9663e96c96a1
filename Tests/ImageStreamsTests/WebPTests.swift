import Testing
import _TestSupport

/// WebP is read, and says that it is not written.
@Suite struct WebPTests {
  let copying = ImageCopying()

  @Test func withoutLossTheLumaIsThatOfThePNG() throws {
    let result = try copying.shell(
      """
      convert -seed 3 -size 99x50 -depth 8 plasma: -alpha set -channel A -fx '(i%9)/8' -depth 8 in.png
      cwebp -quiet -lossless -exact in.png -o in.webp
      image-copy --luma in.png > a; cat in.webp | image-copy --luma > b; cmp a b
      cwebp -quiet -q 90 -alpha_q 100 in.png -o lossy.webp
      image-copy --luma lossy.webp > c; compare -metric PSNR pgm:a pgm:c null: || true
      """)
    #expect(result.status == 0, "\(result.errors)")
    let ratio = try #require(Double(result.errors), "\(result.errors)")
    #expect(ratio > 30)
  }

  @Test func itIsNotWritten() throws {
    let result = try copying.shell(
      "convert -size 9x9 xc:red in.webp; image-copy --add 3 -o out.webp in.webp")
    #expect(result.status == 2)
    #expect(result.errors.contains("'in.webp' is WebP, which is read but not written"))
    #expect(copying.folder.entries == ["in.webp"])
  }

  @Test func animationsAreRefused() throws {
    let result = try copying.shell(
      """
      convert -size 20x20 xc:red a.webp; convert -size 20x20 xc:blue b.webp
      webpmux -frame a.webp +100 -frame b.webp +100 -o in.webp 2> log
      image-copy --luma in.webp
      """)
    #expect(result.status == 2)
    #expect(result.errors.contains("'in.webp' is an animated WebP"), "\(result.errors)")
  }
}
