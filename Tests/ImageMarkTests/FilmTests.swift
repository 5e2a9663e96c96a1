import MarkKeys
import Testing
import _TestSupport

@testable import ImageMark

/// Marks of film are read from any second, in any order, and only with their key.
@Suite struct FilmTests {
  static let message = ImageMessage.full(Message(high: 0x0001_0002_0003_0000, low: 5))
  static let (width, height) = (480, 360)

  /// Frames of a scene that moves, marked.
  static let film: [LumaPlane] = {
    let scene = TestPicture.textured(width: 700, height: 360, seed: 21)
    guard
      let marker = try? FilmMarker(
        key: .numbered(1), message: message, width: width, height: height)
    else { preconditionFailure("44 dB") }
    return (0..<72).map { number in
      var frame = TestPicture.crop(
        scene, x: 3 * number, y: 0, width: width, height: height)
      let delta = marker.mark(frame, number: number)
      for i in frame.samples.indices { frame.samples[i] += delta.samples[i] }
      return TestPicture.rounded(frame)
    }
  }()

  private func read(_ frames: some Sequence<LumaPlane>, key: UInt8 = 1) -> ImageReading? {
    let detector = FilmDetector(key: .numbered(key))
    for frame in frames {
      if let reading = detector.append(frame) { return reading }
    }
    return detector.finish()
  }

  @Test func anySecondOfItIsEnough() throws {
    for start in [0, 17, 40] {
      let reading = try #require(read(Self.film[start..<start + 32]), "from \(start)")
      #expect(reading.message == Self.message)
      #expect(abs(reading.geometry.scale(originalWidth: 480, height: 360) - 1) < 0.01)
    }
  }

  @Test func backwardsAndWithFramesLost() {
    #expect(read(Self.film[..<48].reversed())?.message == Self.message)
    let some = stride(from: 1, to: 72, by: 2).map { Self.film[$0] }
    #expect(read(some)?.message == Self.message)
  }

  @Test func smallerAndCut() {
    let frames = Self.film[5..<53].map { frame in
      TestPicture.plane(
        AreaReduction.reduced(
          FloatMap(TestPicture.crop(frame, x: 31, y: 17, width: 400, height: 300)), by: 0.75))
    }
    #expect(read(frames)?.message == Self.message)
  }

  @Test func nothingIsReadWhereNothingIs() throws {
    #expect(read(Self.film[..<32], key: 2) == nil)
    let scene = TestPicture.textured(width: 700, height: 360, seed: 22)
    let frames = (0..<32).map {
      TestPicture.crop(scene, x: 3 * $0, y: 0, width: Self.width, height: Self.height)
    }
    #expect(read(frames) == nil)
    #expect(read([]) == nil)
    #expect(read(frames[..<1]) == nil)
  }

  @Test func eachFrameHasTheStrengthAskedFor() throws {
    let frame = TestPicture.textured(width: 333, height: 251, seed: 23)
    let marker = try FilmMarker(
      key: .numbered(1), message: Self.message, width: 333, height: 251, psnr: 44)
    for number in [0, 1, 47, 48, 500] {
      var copy = frame
      let delta = marker.mark(frame, number: number)
      for i in copy.samples.indices { copy.samples[i] += delta.samples[i] }
      let psnr = TestPicture.psnr(TestPicture.rounded(copy), frame)
      #expect(psnr > 43.7 && psnr < 44.4, "\(psnr) dB")
    }
    // The tile stands still in a stretch, and then lies elsewhere.
    #expect(marker.mark(frame, number: 3).samples == marker.mark(frame, number: 47).samples)
    #expect(marker.mark(frame, number: 3).samples != marker.mark(frame, number: 48).samples)
  }
}
