import Glibc

/// Makes a tile of any size from the coefficients of its waves, and takes the coefficients out again.
///
/// Sums of products in a fixed order instead of a fast transform: the tiles are small, and equal
/// input gives equal bits on every machine. A coefficient p stands for the wave
/// Re p · exp(2πi (u x + v y) / side).
final class TileTransform {
  /// Samples of a side.
  let side: Int
  private let reach = ImageTile.highest
  private let points = CarrierLattice.points
  /// cos and sin of 2π n / side, n = 0 ..< side.
  private let cosine: [Float]
  private let sine: [Float]

  init(side: Int) {
    self.side = side
    let step = 2 * Double.pi / Double(side)
    cosine = (0..<side).map { Float(cos(step * Double($0))) }
    sine = (0..<side).map { Float(sin(step * Double($0))) }
  }

  /// The tile, row by row.
  ///
  /// - Parameter coefficients: one for each of the lattice's points.
  /// - Returns: a map of `side` by `side`.
  func tile(_ coefficients: [SIMD2<Float>]) -> FloatMap {
    // For each v, the sum over u along a row: real and imaginary parts.
    let tile = FloatMap(width: side, height: side)
    tile.values.update(repeating: 0, count: side * side)
    let line = FloatMap(width: side, height: 2)
    var first = 0
    while first < points.count {
      let v = points[first].v
      var end = first
      while end < points.count && points[end].v == v { end += 1 }
      let (re, im) = (line.row(0), line.row(1))
      line.values.update(repeating: 0, count: 2 * side)
      for index in first..<end {
        let p = coefficients[index]
        let u = points[index].u
        var n = 0
        for x in 0..<side {
          let (c, s) = (cosine[n], sine[n])
          re[x] += p.x * c - p.y * s
          im[x] += p.x * s + p.y * c
          n += u
          if n >= side { n -= side }
        }
      }
      var n = 0
      let advance = (v % side + side) % side
      for y in 0..<side {
        let (c, s) = (cosine[n], sine[n])
        let row = tile.row(y)
        for x in 0..<side { row[x] += re[x] * c - im[x] * s }
        n += advance
        if n >= side { n -= side }
      }
      first = end
    }
    return tile
  }

  /// The coefficients of a tile's waves, 1 for a wave of amplitude 1 in each of `side * side`
  /// samples times `side * side / 2`.
  func coefficients(_ tile: FloatMap) -> [SIMD2<Float>] {
    // For each |v|, the sums down the columns, then for each point the sum along them.
    let sums = FloatMap(width: side, height: 2 * (reach + 1))
    sums.values.update(repeating: 0, count: sums.count)
    for v in 0...reach {
      let (re, im) = (sums.row(2 * v), sums.row(2 * v + 1))
      var n = 0
      for y in 0..<side {
        let (c, s) = (cosine[n], sine[n])
        let row = tile.row(y)
        for x in 0..<side {
          re[x] += row[x] * c
          im[x] -= row[x] * s
        }
        n += v
        if n >= side { n -= side }
      }
    }
    return points.map { point in
      let (re, im) = (sums.row(2 * abs(point.v)), sums.row(2 * abs(point.v) + 1))
      // The sums for -v are the conjugates of those for v.
      let sign: Float = point.v < 0 ? -1 : 1
      var total = SIMD2<Float>.zero
      var n = 0
      for x in 0..<side {
        let (c, s) = (cosine[n], sine[n])
        let imaginary = sign * im[x]
        total += SIMD2(re[x] * c + imaginary * s, imaginary * c - re[x] * s)
        n += point.u
        if n >= side { n -= side }
      }
      return total
    }
  }
}
