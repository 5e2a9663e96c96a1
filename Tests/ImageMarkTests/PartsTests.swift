import Glibc
import MarkKeys
import Testing
import _TestSupport

@testable import ImageMark

/// The pieces, against plain ways of computing the same.
@Suite struct PartsTests {
  private func noise(_ width: Int, _ height: Int, seed: UInt64) -> FloatMap {
    var random = SeededGenerator(seed: seed)
    let map = FloatMap(width: width, height: height)
    for i in 0..<map.count { map.values[i] = .random(in: -100...100, using: &random) }
    return map
  }

  @Test(arguments: [(1, 1, 3), (9, 5, 1), (37, 23, 4), (40, 30, 50)])
  func aBlurIsARunningMean(_ width: Int, _ height: Int, _ radius: Int) {
    let map = noise(width, height, seed: 1)
    let before = TestPicture.plane(map).samples
    BoxBlur(radius: radius).blur(map)
    for y in 0..<height {
      for x in 0..<width {
        var sum = 0.0
        for dy in -radius...radius {
          for dx in -radius...radius {
            let row = min(max(y + dy, 0), height - 1)
            sum += Double(before[row * width + min(max(x + dx, 0), width - 1)])
          }
        }
        let count = Double((2 * radius + 1) * (2 * radius + 1))
        #expect(abs(Double(map.row(y)[x]) - sum / count) < 1e-3)
      }
    }
  }

  @Test func largeMapsAreBlurredAlike() {
    let map = noise(1100, 700, seed: 2)
    let part = FloatMap(width: 200, height: 700)
    for y in 0..<700 { part.row(y).update(from: map.row(y), count: 200) }
    let blur = BoxBlur(sigma: 3)
    blur.blur(map)
    blur.blur(part)
    for y in 0..<700 { for x in 0..<180 { #expect(map.row(y)[x] == part.row(y)[x]) } }
  }

  @Test(arguments: [1, 2, 3, 4, 8]) func aMedianIsNearTheMiddle(_ reach: Int) {
    // On a plane without noise the residual is zero, and lone points are outliers.
    let map = FloatMap(width: 50, height: 41)
    for y in 0..<41 { for x in 0..<50 { map.row(y)[x] = 100 } }
    map.row(20)[25] = 255
    map.row(3)[49] = 103
    let residual = SeparableMedian(reach: reach).residual(map, limit: 6)
    for y in 0..<41 {
      for x in 0..<50 {
        #expect(residual.row(y)[x] == (y == 3 && x == 49 ? 3 : 0))
      }
    }
  }

  @Test func reductionKeepsTheMean() {
    let map = noise(300, 200, seed: 3)
    let small = AreaReduction.reduced(map, by: 0.37)
    #expect(small.width == 111 && small.height == 74)
    let mean = TestPicture.plane(map).samples.reduce(0, +) / Float(map.count)
    let other = TestPicture.plane(small).samples.reduce(0, +) / Float(small.count)
    #expect(abs(mean - other) < 0.01)
  }

  @Test(arguments: [128, 150, 288]) func aTileGivesItsCoefficientsBack(_ side: Int) {
    var random = SeededGenerator(seed: 4)
    let coefficients = CarrierLattice.points.map { _ in
      SIMD2(Float.random(in: -1...1, using: &random), Float.random(in: -1...1, using: &random))
    }
    let transform = TileTransform(side: side)
    let back = transform.coefficients(transform.tile(coefficients))
    let scale = Float(side * side) / 2
    for (one, other) in zip(coefficients, back) {
      #expect(abs(one.x - other.x / scale) < 1e-3 && abs(one.y - other.y / scale) < 1e-3)
    }
  }

  @Test func spectraAreTheSameAtOppositeFrequencies() {
    let spectrum = PictureSpectrum(
      noise(300, 200, seed: 6), transform: PictureTransform(side: 1024))
    var random = SeededGenerator(seed: 7)
    for _ in 0..<200 {
      let x = Float.random(in: -400...400, using: &random)
      let y = Float.random(in: -400...400, using: &random)
      #expect(spectrum.level(x, y) == spectrum.level(-x, -y))
    }
    #expect(spectrum.level(600, 0) == 0)
  }
}
