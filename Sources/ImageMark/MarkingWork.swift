import Glibc

/// A picture while its mark is being made.
final class MarkingWork {
  private let luma: FloatMap
  private let mask: FloatMap
  private let side: Int
  private let lattice: CarrierLattice
  private let chips: [Float]
  private let transform: TileTransform
  /// Mean square of the difference that is allowed.
  private let allowed: Float
  /// For each lattice point, the phase factor of the tile's origin.
  private let shifts: [SIMD2<Float>]
  private var waves: TileWaves
  /// The tile as it is, and the factor that makes it as strong as allowed.
  private var tile: FloatMap
  private var gain: Float = 0

  init(
    _ luma: FloatMap, side: Int, origin: SIMD2<Float>, lattice: CarrierLattice, chips: [Float],
    psnr: Double
  ) {
    self.luma = luma
    self.side = side
    self.lattice = lattice
    self.chips = chips
    mask = PerceptualMask.factors(luma, period: side)
    transform = TileTransform(side: side)
    // A hair better than asked for.
    allowed = Float(255 * 255 / pow(10, (psnr + 0.01) / 10))
    shifts = CarrierLattice.points.map { point in
      let angle = -2 * Double.pi * Double(Float(point.u) * origin.x + Float(point.v) * origin.y)
      return SIMD2(Float(cos(angle)), Float(sin(angle)))
    }
    waves = TileWaves(lattice: lattice, chips: chips)
    tile = FloatMap(width: 1, height: 1)
    build()
  }

  /// Reads the mark as it is now, and corrects the waves.
  func improve() {
    let whitened = FrontEnd.texture.whitened(marked(), period: Float(side))
    let read = transform.coefficients(folded(whitened))
    var q = [Float](repeating: 0, count: chips.count)
    var t = [Float](repeating: 0, count: lattice.template.count)
    for (index, shift) in shifts.enumerated() {
      let value = Self.times(read[index], SIMD2(shift.x, -shift.y))
      if waves.place[index] >= 0 {
        let chip = 2 * waves.place[index]
        q[chip] = value.x * chips[chip]
        q[chip + 1] = value.y * chips[chip + 1]
      } else {
        let number = -1 - waves.place[index]
        let phase = lattice.templatePhases[number]
        t[number] = value.x * cos(phase) + value.y * sin(phase)
      }
    }
    let usual = Self.median(q.map(abs)) + 1e-9
    for chip in q.indices {
      let gain = waves.chipGains[chip] + 0.35 * (1 - q[chip] / (1.5 * usual))
      waves.chipGains[chip] = min(max(gain, 0.25), 2.5)
    }
    let usualTemplate = Self.median(t.map(abs)) + 1e-9
    for number in t.indices {
      let gain = waves.templateGains[number] + 0.35 * (1 - t[number] / usualTemplate)
      waves.templateGains[number] = min(max(gain, 0.4), 2.5)
    }
    build()
  }

  /// The difference to be added.
  func difference() -> [Float] {
    // Rounding and clipping change the strength a little.
    for _ in 0..<2 {
      let error = forEachRow { row, width, host, delta in
        var sum: Float = 0
        for x in 0..<width {
          let change = Self.limited(host[x] + Self.rounded(delta[x])) - host[x]
          sum += change * change
        }
        return sum
      }
      let mean = error / Float(luma.count)
      if mean > 0 { gain *= (allowed / mean).squareRoot() }
    }
    return [Float](unsafeUninitializedCapacity: luma.count) { buffer, count in
      guard let base = buffer.baseAddress else { return }
      let width = luma.width
      _ = forEachRow { row, _, _, delta in
        (base + row * width).update(from: delta, count: width)
        return 0
      }
      count = luma.count
    }
  }

  // MARK: Parts

  /// Makes the tile of the present gains, and the factor for it.
  private func build() {
    var coefficients = waves.coefficients()
    for index in coefficients.indices {
      coefficients[index] = Self.times(coefficients[index], shifts[index])
    }
    tile = transform.tile(coefficients)
    gain = 1
    let energy = forEachRow { _, width, _, delta in
      var sum: Float = 0
      for x in 0..<width { sum += delta[x] * delta[x] }
      return sum
    }
    gain = (allowed * Float(luma.count) / max(energy, 1e-9)).squareRoot()
  }

  /// The picture with the mark, rounded to 8 bits.
  private func marked() -> FloatMap {
    let result = FloatMap(width: luma.width, height: luma.height)
    _ = forEachRow { row, width, host, delta in
      let out = result.row(row)
      for x in 0..<width { out[x] = Self.limited(host[x] + Self.rounded(delta[x])) }
      return 0
    }
    return result
  }

  /// Adds all tiles of a picture up.
  private func folded(_ map: FloatMap) -> FloatMap {
    let sum = FloatMap(width: side, height: side)
    sum.values.update(repeating: 0, count: sum.count)
    for y in 0..<map.height {
      let (row, out) = (map.row(y), sum.row(y % side))
      var x = 0
      while x < map.width {
        let count = min(side, map.width - x)
        let from = row + x
        for i in 0..<count { out[i] += from[i] }
        x += side
      }
    }
    return sum
  }

  /// Calls for each row with its number, width, the host and the difference; adds up the results.
  @inline(__always)
  private func forEachRow(
    _ body: (Int, Int, UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>) -> Float
  ) -> Float {
    let width = luma.width
    let line = FloatMap(width: width, height: 1)
    let delta = line.values
    var total: Double = 0
    for y in 0..<luma.height {
      let wave = tile.row(y % side)
      let factor = mask.row(y)
      var x = 0
      while x < width {
        let count = min(side, width - x)
        let (out, weight) = (delta + x, factor + x)
        for i in 0..<count { out[i] = gain * wave[i] * weight[i] }
        x += side
      }
      total += Double(body(y, width, luma.row(y), delta))
    }
    return Float(total)
  }

  @inline(__always)
  private static func times(_ a: SIMD2<Float>, _ b: SIMD2<Float>) -> SIMD2<Float> {
    SIMD2(a.x * b.x - a.y * b.y, a.x * b.y + a.y * b.x)
  }

  /// To the next whole number, by adding what leaves no place for fractions.
  @inline(__always)
  private static func rounded(_ value: Float) -> Float { (value + 12_582_912) - 12_582_912 }

  @inline(__always)
  private static func limited(_ value: Float) -> Float {
    let low = value < 0 ? 0 : value
    return low > 255 ? 255 : low
  }

  private static func median(_ values: [Float]) -> Float { values.sorted()[values.count / 2] }
}
