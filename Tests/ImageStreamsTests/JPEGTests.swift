import ImageStreams
import Testing
import _TestSupport

/// JPEG goes through by its coefficients, by the word of libjpeg's own programs, ffmpeg and exiftool.
@Suite struct JPEGTests {
  /// Options of cjpeg.
  static let kinds = [
    "-quality 90", "-quality 75 -sample 1x1", "-quality 50 -progressive", "-quality 85 -sample 2x1",
    "-quality 85 -grayscale", "-quality 80 -arithmetic", "-quality 80 -restart 1",
    "-quality 98 -rgb",
    "-quality 80 -sample 1x2 -progressive -restart 2",
  ]

  let copying = ImageCopying()

  private func make(_ options: String) throws {
    let result = try copying.shell(
      """
      convert -seed 7 -size 123x77 plasma:tan-green -blur 1 src.ppm
      cjpeg \(options) src.ppm > in.jpg
      """)
    try #require(result.status == 0, "\(result.errors)")
  }

  @Test(arguments: kinds) func unchangedDecodesToTheSame(_ options: String) throws {
    try make(options)
    let result = try copying.shell(
      """
      cat in.jpg | image-copy > out.jpg
      jpeginfo -c out.jpg > /dev/null
      djpeg in.jpg > a.ppm; djpeg out.jpg > b.ppm; cmp a.ppm b.ppm
      identify -format '%Q %[jpeg:sampling-factor] %[interlace]\\n' in.jpg out.jpg | uniq | wc -l
      """)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.text == "1\n")
  }

  /// The luma changes by what is added, and the planes of colour by nothing at all.
  // ffmpeg reads no arithmetic coding, and shows red, green and blue in another order.
  @Test(arguments: kinds.filter { !$0.contains("rgb") && !$0.contains("arith") })
  func onlyTheLumaIsChanged(_ options: String) throws {
    try make(options)
    let isGray = options.contains("gray")
    let result = try copying.shell(
      """
      image-copy --add 12 -o out.jpg in.jpg
      jpeginfo -c out.jpg > /dev/null
      ffmpeg -v error -i in.jpg -f rawvideo a.yuv; ffmpeg -v error -i out.jpg -f rawvideo b.yuv
      """)
    #expect(result.status == 0, "\(result.errors)")
    let (old, new) = (try copying.folder.read("a.yuv"), try copying.folder.read("b.yuv"))
    let count = 123 * 77
    #expect(old.count == new.count && old.count >= count)
    #expect(isGray || old.count > count)
    #expect(old.dropFirst(count).elementsEqual(new.dropFirst(count)))
    var wanted = 0.0
    var square = 0.0
    for pixel in 0..<count {
      let isSquare = (pixel % 123 / 16 + pixel / 123 / 16).isMultiple(of: 2)
      let added: Double = isSquare ? 12 : 0
      let change = Double(new[pixel]) - Double(old[pixel])
      wanted += change * added
      square += (change - added) * (change - added)
    }
    let mean = wanted / Double(count) / 72
    #expect(mean > 0.9 && mean < 1.1, "\(mean)")
    #expect(square / Double(count) < 10)
  }

  @Test func redGreenAndBlueOfOneKindAreAllChanged() throws {
    try make("-quality 98 -rgb")
    let result = try copying.shell(
      """
      image-copy --add 12 -o out.jpg in.jpg; jpeginfo -c out.jpg > /dev/null
      djpeg in.jpg > a.ppm; djpeg out.jpg > b.ppm
      compare -metric MAE a.ppm b.ppm null:
      """)
    // Half of the squares changed by 12: 6 of 255 on average.
    let text = result.errors.split(separator: "(").last?.split(separator: ")").first ?? ""
    let error = try #require(Double(text), "\(result.errors)")
    #expect(abs(error * 255 - 6) < 1, "\(error * 255)")
  }

  @Test func whatIsBesideThePixelsIsKept() throws {
    try make("-quality 90")
    let result = try copying.shell(
      """
      convert in.jpg -set comment 'a comment' -profile /usr/share/color/icc/ghostscript/srgb.icc p.jpg
      exiftool -q -Artist=Anna -Orientation=6 -n -GPSLatitude=35 -XMP:Title=Sea -IPTC:City=Kobe \\
        -o q.jpg p.jpg
      image-copy --add 12 -o out.jpg q.jpg
      for f in q out; do
        exiftool -a -G1 -s --System:all -x File:all $f.jpg | grep -v ExifTool > $f.txt
        exiftool -b -ICC_Profile $f.jpg > $f.icc
      done
      cmp q.txt out.txt; cmp q.icc out.icc; test -s out.icc; grep -c . out.txt
      exiftool -s3 -Artist -Title -City -Orientation -Comment out.jpg
      """)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.text.hasSuffix("Anna\nSea\nKobe\nRotate 90 CW\na comment\n"), "\(result.text)")
  }

  @Test func aTextIsAComment() throws {
    try make("-quality 90")
    let result = try copying.shell(
      """
      image-copy --text a=1 -o one.jpg in.jpg; image-copy --text b=2 -o two.jpg one.jpg
      jpeginfo -c two.jpg > /dev/null
      djpeg in.jpg > a.ppm; djpeg two.jpg > b.ppm; cmp a.ppm b.ppm
      rdjpgcom two.jpg
      """)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.text == "b=2\n")
    let texts = try ImageCopying.image(copying.folder.read("two.jpg")).texts
    #expect(texts.contains(Array("b=2".utf8)))
  }

  @Test func furtherPicturesAreLeftOutAndSaid() throws {
    try make("-quality 90")
    let result = try copying.shell(
      "cat in.jpg in.jpg > two.jpg; image-copy -o out.jpg two.jpg; image-copy -o one.jpg in.jpg; "
        + "cmp one.jpg out.jpg")
    #expect(result.status == 0)
    #expect(result.errors.contains("bytes behind the picture"), "\(result.errors)")
  }

  @Test func inksAreReadAndNotMarked() throws {
    try make("-quality 95")
    let result = try copying.shell(
      """
      convert in.jpg -colorspace CMYK -quality 95 inks.jpg
      image-copy --luma inks.jpg > a.pgm; image-copy --luma in.jpg > b.pgm
      compare -metric PSNR a.pgm b.pgm null: || true
      ! image-copy --add 3 -o out.jpg inks.jpg
      """)
    #expect(result.status == 0, "\(result.errors)")
    let ratio = try #require(Double(result.errors.prefix { !$0.isLetter && $0 != "_" }))
    #expect(ratio > 33)
    #expect(result.errors.contains("is a JPEG of inks (CMYK), which is not marked"))
    #expect(!copying.folder.entries.contains("out.jpg"))
  }
}
