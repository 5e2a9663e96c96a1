import Glibc
import MarkKeys
import Testing
import _TestSupport

@testable import ImageMark

/// The pieces of the search for tiles, against plain ways of computing the same.
@Suite struct SearchTests {
  private func noise(_ width: Int, _ height: Int, seed: UInt64) -> FloatMap {
    var random = SeededGenerator(seed: seed)
    let map = FloatMap(width: width, height: height)
    for i in 0..<map.count { map.values[i] = .random(in: -2...2, using: &random) }
    return map
  }

  @Test(arguments: [(300, 200), (200, 511), (512, 512), (1, 1)])
  func aPictureIsTransformedLikeASquare(_ width: Int, _ height: Int) {
    let map = noise(width, height, seed: 1)
    let square = PlanarTransform(side: 512)
    square.real.update(repeating: 0, count: 512 * 512)
    func window(_ place: Int, _ count: Int) -> Float {
      Float(sin(Double.pi * Double(place + 1) / Double(count + 1)))
    }
    for y in 0..<height {
      for x in 0..<width {
        square.real[y * 512 + x] = map.row(y)[x] * window(x, width) * window(y, height)
      }
    }
    square.forward()
    let transform = PictureTransform(side: 512)
    // What was in it before does not matter.
    transform.transform(noise(512, 512, seed: 2))
    transform.transform(map)
    #expect(transform.middle == (width / 2, height / 2))
    for i in 0..<512 * transform.half {
      let difference = transform.waves[i] - square.complex[i]
      #expect((difference * difference).sum() < 1e-3, "\(i)")
    }
  }

  @Test func raysHaveTheLevelsOfTheSpectrum() {
    let spectrum = PictureSpectrum(
      noise(300, 200, seed: 3), transform: PictureTransform(side: 1024))
    let rays = SpectrumRays(spectrum)
    var random = SeededGenerator(seed: 4)
    for _ in 0..<500 {
      let (x, y) = (
        Int.random(in: -480...480, using: &random), Int.random(in: -480...480, using: &random)
      )
      let level = spectrum.level(Float(x), Float(y))
      let off = Float.random(in: -0.45...0.45, using: &random)
      let near = Float(rays.level(Float(x) + off, Float(y) - off)) / rays.unit
      #expect(abs(near - level) <= 1 / rays.unit, "\(random) at \(x), \(y)")
    }
  }

  @Test func levelsOfManyPicturesFitTheirSums() {
    let transform = PictureTransform(side: 1024)
    let spectrum = PictureSpectrum(noise(64, 64, seed: 5), transform: transform)
    for seed: UInt64 in 6..<30 {
      spectrum.add(PictureSpectrum(noise(64, 64, seed: seed), transform: transform))
    }
    let rays = SpectrumRays(spectrum)
    #expect(rays.unit * spectrum.highest * Float(CarrierLattice.templateCount) <= 32_767)
    #expect(rays.unit > 4)
  }

  @Test func peaksAreFoundAgain() {
    let map = noise(37, 23, seed: 31)
    var peaks = RowPeaks(map)
    for _ in 0..<40 {
      var best = 0
      for i in 1..<map.count where map.values[i] > map.values[best] { best = i }
      let (row, column) = peaks.highest
      #expect(row * 37 + column == best)
      map.row(row)[column] = -.infinity
      peaks.update(row)
    }
  }

  @Test func phasesAgreeWhereTheTilesLieAndNowhereElse() throws {
    let host = TestPicture.textured(width: 560, height: 420, seed: 1)
    let marker = try ImageMarker(key: .numbered(1), message: RoundTripTests.messages[1])
    let copy = TestPicture.marked(host, marker)
    let period = Float(ImageTile.period(width: 560, height: 420))
    let transform = PictureTransform(side: 1024)
    func agreement(_ picture: LumaPlane, key: UInt8, _ matrix: Matrix) -> Float {
      let map = FrontEnd.texture.whitened(FloatMap(picture), period: 105)
      let spectrum = PictureSpectrum(map, transform: transform)
      return SpectrumPhases(
        spectrum: spectrum, waves: transform, lattice: CarrierLattice(key: .numbered(key)),
        transform: PlanarTransform(side: ImageTile.side)
      ).agreement(matrix)
    }
    let scale = 1024 / period
    let straight = Matrix(a: scale, b: 0, c: 0, d: scale)
    #expect(agreement(copy, key: 1, straight) > 5.5)
    // Turned by 180 degrees it is found as well, mirrored it is another one.
    #expect(agreement(copy, key: 1, straight * -1) > 5.5)
    #expect(agreement(copy, key: 1, Matrix(a: -scale, b: 0, c: 0, d: scale)) < 5)
    #expect(agreement(copy, key: 1, straight * 1.1) < 5)
    #expect(agreement(copy, key: 2, straight) < 5)
    #expect(agreement(host, key: 1, straight) < 5)
  }

  @Test func phasesOfNoiseSeldomAgree() {
    // The threshold of the search stands where a twentieth of wrong candidates is let through, of which
    // there are a few in each picture.
    let transform = PictureTransform(side: 1024)
    let tile = PlanarTransform(side: ImageTile.side)
    var random = SeededGenerator(seed: 41)
    var above = 0
    for seed: UInt64 in 1...10 {
      let spectrum = PictureSpectrum(noise(500, 400, seed: seed), transform: transform)
      let phases = SpectrumPhases(
        spectrum: spectrum, waves: transform, lattice: CarrierLattice(key: .numbered(UInt8(seed))),
        transform: tile)
      for _ in 0..<20 {
        let (size, angle) = (
          Float.random(in: 3...12, using: &random), Float.random(in: -3...3, using: &random)
        )
        let matrix = Matrix(
          a: size * cos(angle), b: -size * sin(angle), c: size * sin(angle), d: size * cos(angle))
        if phases.agreement(matrix) > 4.4 { above += 1 }
      }
    }
    #expect(above <= 24, "\(above) of 200")
  }
}
