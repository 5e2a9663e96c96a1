import CommandLineSupport
import ImageStreams
import Testing
import _TestSupport

/// Small files cut at every byte and with bits flipped are pictures or errors that explain
/// themselves, and never anything else.
@Suite struct MutatedPictureTests {
  let copying = ImageCopying()

  /// Files of all kinds, some hundred bytes each.
  private func files() throws -> [(name: String, bytes: [UInt8])] {
    let result = try copying.shell(
      """
      convert -seed 1 -size 19x11 plasma: s.png
      convert s.png -colors 7 -interlace PNG p.png
      convert s.png -alpha set -channel A -evaluate set 50% -depth 16 a.png
      convert s.png s.ppm
      cjpeg -quality 70 s.ppm > b.jpg; cjpeg -progressive -restart 1 s.ppm > p.jpg
      cjpeg -arithmetic -grayscale s.ppm > a.jpg; convert s.png -colorspace CMYK k.jpg
      cwebp -quiet s.png -o s.webp; cwebp -quiet -lossless a.png -o l.webp
      """)
    try #require(result.status == 0, "\(result.errors)")
    return try copying.folder.entries.filter { $0 != "s.ppm" }.map {
      ($0, try copying.folder.read($0))
    }
  }

  /// Reads, marks and writes a picture; what is thrown must explain itself.
  ///
  /// - Returns: whether it was written.
  private func use(_ bytes: [UInt8], _ output: FileDescriptor) throws -> Bool {
    do {
      let image = try ImageCopying.image(bytes)
      // Sizes that come out of flipped bits are honest work, but not for a test.
      guard image.width * image.height < 1 << 16 else { return false }
      _ = try image.luma()
      _ = image.texts
      _ = try image.add([Float](repeating: 5, count: image.width * image.height))
      try image.write(to: OutputFile(output))
      return true
    } catch let error as any ExplainedError {
      #expect(error.description.hasPrefix("'x' "), "\(error)")
      return false
    }
  }

  @Test func cutAtEveryByte() throws {
    let null = FileDescriptor(try #require(openNull()), name: "null")
    for (name, bytes) in try files() {
      for count in 0..<bytes.count {
        #expect(try !use(Array(bytes.prefix(count)), null), "\(name) cut at \(count)")
      }
      if !name.hasSuffix("webp"), name != "k.jpg" { #expect(try use(bytes, null), "\(name)") }
    }
  }

  @Test(arguments: [1, 2, 3] as [UInt64]) func flippedBits(_ seed: UInt64) throws {
    let null = FileDescriptor(try #require(openNull()), name: "null")
    var generator = SeededGenerator(seed: seed)
    for (name, bytes) in try files() {
      for _ in 0..<300 {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...8, using: &generator) {
          bytes[Int.random(in: 0..<bytes.count, using: &generator)] ^=
            1 << UInt8.random(in: 0..<8, using: &generator)
        }
        #expect(throws: Never.self, "\(name), \(generator)") { _ = try use(bytes, null) }
      }
    }
  }
}
