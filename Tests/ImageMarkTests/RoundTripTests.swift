import MarkKeys
import Testing
import _TestSupport

@testable import ImageMark

/// Marks are read from marked pictures, however they lie, and from no others.
@Suite struct RoundTripTests {
  static let messages: [ImageMessage] = [
    .full(Message(high: 0x0001_0002_0003_0000, low: 0x0000_0004_0000_0005)),
    .short(ShortMessage(bits: 0x0001_0000_0005_0003)),
  ]
  static let host = TestPicture.textured(width: 560, height: 420, seed: 1)
  static let copies = messages.map { message in
    guard let marker = try? ImageMarker(key: .numbered(1), message: message) else {
      preconditionFailure("42 dB")
    }
    return TestPicture.marked(host, marker)
  }

  private func read(_ picture: LumaPlane, key: UInt8 = 1) -> ImageReading? {
    ImageDetector(key: .numbered(key)).detect(picture)
  }

  @Test(arguments: [0, 1]) func isReadAndIsFaint(_ which: Int) throws {
    let copy = Self.copies[which]
    let psnr = TestPicture.psnr(copy, Self.host)
    #expect(psnr >= 42 && psnr < 42.3, "\(psnr) dB")
    let reading = try #require(read(copy))
    #expect(reading.message == Self.messages[which])
    #expect(reading.logBound < -13.8)
    #expect(reading.score > 0.5)
    #expect(abs(reading.geometry.scale(originalWidth: 560, height: 420) - 1) < 0.002)
    #expect(abs(reading.geometry.rotation) < 0.3 && !reading.geometry.isMirrored)
  }

  @Test func nothingIsReadWhereNothingIs() {
    #expect(read(Self.host) == nil)
    for copy in Self.copies {
      for key: UInt8 in 2...4 { #expect(read(copy, key: key) == nil) }
    }
  }

  @Test func theSameInputGivesTheSameMark() throws {
    let marker = try ImageMarker(key: .numbered(1), message: Self.messages[0])
    #expect(marker.mark(Self.host).samples == marker.mark(Self.host).samples)
    let other = try ImageMarker(key: .numbered(1), message: Self.messages[1])
    #expect(marker.mark(Self.host).samples != other.mark(Self.host).samples)
  }

  @Test(arguments: [46.0, 38.0]) func strengthIsWhatWasAskedFor(_ psnr: Double) throws {
    let marker = try ImageMarker(key: .numbered(1), message: Self.messages[1], psnr: psnr)
    let copy = TestPicture.marked(Self.host, marker)
    #expect(abs(TestPicture.psnr(copy, Self.host) - psnr) < 0.3)
    #expect(read(copy)?.message == Self.messages[1])
  }

  @Test(arguments: [29.9, 60.1, .nan, .infinity]) func otherStrengthsAreRefused(_ psnr: Double) {
    #expect(throws: ImageMarkError.self) {
      try ImageMarker(key: .numbered(1), message: Self.messages[1], psnr: psnr)
    }
  }

  @Test func twoKeysLiveSideBySide() throws {
    let second = try ImageMarker(key: .numbered(2), message: Self.messages[1])
    let copy = TestPicture.marked(Self.copies[0], second)
    #expect(read(copy)?.message == Self.messages[0])
    #expect(read(copy, key: 2)?.message == Self.messages[1])
  }

  // MARK: Geometry

  @Test func anyPartOfItIsEnough() {
    var random = SeededGenerator(seed: 5)
    for _ in 0..<4 {
      let (x, y) = (
        Int.random(in: 0..<140, using: &random), Int.random(in: 0..<100, using: &random)
      )
      let part = TestPicture.crop(Self.copies[1], x: x, y: y, width: 420, height: 320)
      #expect(read(part)?.message == Self.messages[1], "\(random) at \(x),\(y)")
    }
  }

  @Test(arguments: [-170.0, -90, -33, 3, 7.5, 45, 90, 120, 180] as [Float])
  func anyRotation(_ degrees: Float) throws {
    let picture = TestPicture.turned(Self.copies[1], degrees: degrees)
    let reading = try #require(read(picture))
    #expect(reading.message == Self.messages[1])
    let difference = abs(reading.geometry.rotation - Double(degrees))
    #expect(min(difference, 360 - difference) < 0.5, "\(reading.geometry)")
    #expect(!reading.geometry.isMirrored)
  }

  @Test func mirrored() throws {
    let copy = Self.copies[1]
    let last = Float(copy.width - 1)
    let picture = TestPicture.sampled(copy, width: copy.width, height: copy.height) {
      SIMD2(last - $0, $1)
    }
    let reading = try #require(read(picture))
    #expect(reading.message == Self.messages[1])
    #expect(reading.geometry.isMirrored && abs(reading.geometry.rotation) < 0.5)
  }

  @Test(arguments: [(0.5, 0.5), (0.75, 0.75), (1.6, 1.6), (2.5, 2.5), (1.05, 1), (0.7, 0.73)])
  func anyScale(_ x: Double, _ y: Double) throws {
    let copy = Self.copies[1]
    let (width, height) = (Int(Double(copy.width) * x), Int(Double(copy.height) * y))
    let picture: LumaPlane
    if x <= 1 && y <= 1 && x == y {
      picture = TestPicture.plane(AreaReduction.reduced(FloatMap(copy), by: Float(x)))
    } else {
      picture = TestPicture.sampled(copy, width: width, height: height) {
        SIMD2($0 / Float(x), $1 / Float(y))
      }
    }
    let reading = try #require(read(picture))
    #expect(reading.message == Self.messages[1])
    let scale = reading.geometry.scale(originalWidth: copy.width, height: copy.height)
    #expect(abs(scale / (x * y).squareRoot() - 1) < 0.01)
    #expect(abs(reading.geometry.aspect / (x / y) - 1) < 0.01)
  }

  @Test func aMildPerspective() {
    let copy = Self.copies[1]
    let picture = TestPicture.sampled(copy, width: copy.width, height: copy.height) { x, y in
      let w = 1 + 0.00004 * x - 0.00003 * y
      return SIMD2(x / w + 1, y / w + 2)
    }
    #expect(read(picture)?.message == Self.messages[1])
  }

  // MARK: Odd pictures

  @Test(arguments: [(1, 1), (1, 500), (500, 1), (7, 9), (16, 16), (40, 3000), (129, 64)])
  func oddSizesDoNoHarm(_ width: Int, _ height: Int) throws {
    let picture = TestPicture.textured(width: width, height: height, seed: 3)
    let marker = try ImageMarker(key: .numbered(1), message: Self.messages[0])
    let delta = marker.mark(picture)
    #expect(delta.width == width && delta.height == height)
    #expect(delta.samples.allSatisfy { $0.isFinite })
    #expect(read(picture) == nil)
  }

  @Test(arguments: [0, 128, 255] as [Float]) func flatPicturesDoNoHarm(_ level: Float) throws {
    let picture = LumaPlane(width: 300, height: 260, value: level)
    #expect(read(picture) == nil)
    let copy = TestPicture.marked(
      picture, try ImageMarker(key: .numbered(1), message: Self.messages[1]))
    #expect(copy.samples.allSatisfy { $0 >= 0 && $0 <= 255 })
    if level == 128 { #expect(read(copy)?.message == Self.messages[1]) }
  }
}
