import Glibc

/// Finds where a tile's origin lies by the phases of its template, and follows it over the picture.
struct TileAlignment {
  /// The shifts that fit the template best.
  private(set) var warp = TileWarp()
  /// How well they fit, in standard deviations of what noise gives for one shift.
  private(set) var score: Float = 0

  let blocks: TileBlocks
  /// The template's frequencies and, block by block, their coefficients with the phases taken off,
  /// each frequency in units of its noise.
  private let points: [CarrierLattice.Point]
  private var values: [SIMD2<Float>]
  private let scale: Float

  private static let side = Float(ImageTile.side)

  /// - Parameters:
  ///   - blocks: of the picture.
  ///   - lattice: of the key.
  ///   - templatePlaces: which of the lattice's points are the template's.
  init(_ blocks: TileBlocks, lattice: CarrierLattice, templatePlaces: [Int]) {
    self.blocks = blocks
    points = lattice.template
    values = [SIMD2<Float>](repeating: .zero, count: blocks.count * points.count)
    for (number, place) in templatePlaces.enumerated() {
      let phase = lattice.templatePhases[number]
      let (c, s) = (cos(phase), sin(phase))
      var power: Float = 0
      for block in 0..<blocks.count {
        let value = blocks.values[block * TileBlocks.pointCount + place]
        power += (value * value).sum()
        values[block * points.count + number] = SIMD2(
          value.x * c + value.y * s, value.y * c - value.x * s)
      }
      let factor = 1 / (power + 1e-9).squareRoot()
      for block in 0..<blocks.count { values[block * points.count + number] *= factor }
    }
    scale = 1 / (Float(points.count) / 2).squareRoot()
  }

  /// Finds the best shift of all, with everything else of the warp as given.
  mutating func search(_ start: TileWarp, transform: PlanarTransform) {
    let side = ImageTile.side
    var moved = start
    moved.shift = .zero
    correlate(moved, transform: transform)
    var best = 0
    for i in 1..<side * side where transform.real[i] > transform.real[best] { best = i }
    warp = moved
    warp.shift = SIMD2(Float(best % side), Float(best / side))
    score = value(warp)
  }

  /// How well each whole shift fits the template, into the transform's real values, row by row.
  func correlate(_ warp: TileWarp, transform: PlanarTransform) {
    let side = ImageTile.side
    transform.complex.update(repeating: .zero, count: side * transform.half)
    let sums = sums(warp)
    for (number, point) in points.enumerated() {
      let value = sums[number]
      let size = (value * value).sum().squareRoot()
      // One strong line of the picture itself must not decide.
      transform.complex[(point.v + side) % side * transform.half + point.u] =
        value / (size + 0.3)
    }
    transform.inverse()
  }

  /// Improves the warp in small steps.
  ///
  /// - Parameters:
  ///   - largest: the first step, canonical samples at the border.
  ///   - withPerspective: whether perspective is a part of it.
  mutating func climb(from largest: Float, withPerspective: Bool) {
    var step = largest
    while step >= 0.06 {
      var isBetter = false
      for parameter in 0..<(withPerspective ? 8 : 6) {
        for sign: Float in [1, -1] {
          let next = Self.changed(warp, parameter, by: sign * step)
          let value = value(next)
          if value > score + 1e-4 { (warp, score, isBetter) = (next, value, true) }
        }
      }
      if !isBetter { step /= 2 }
    }
  }

  private static func changed(_ warp: TileWarp, _ parameter: Int, by step: Float) -> TileWarp {
    var next = warp
    switch parameter {
    case 0: next.shift.x += step
    case 1: next.shift.y += step
    case 2..<6: next.linear = next.linear + Matrix.directions[parameter - 2] * step
    case 6: next.perspective.x += step
    default: next.perspective.y += step
    }
    return next
  }

  /// The agreement of a warp with the template.
  private func value(_ warp: TileWarp) -> Float {
    var sum: Float = 0
    for value in sums(warp) { sum += value.x }
    return sum * scale
  }

  /// The template's coefficients over the whole picture, under a warp.
  private func sums(_ warp: TileWarp) -> [SIMD2<Float>] {
    var sums = [SIMD2<Float>](repeating: .zero, count: points.count)
    withUnsafeTemporaryAllocation(of: SIMD2<Float>.self, capacity: 2 * PhaseTable.capacity) {
      let table = PhaseTable($0)
      for block in 0..<blocks.count {
        table.load(warp.shift(at: blocks.centres[block] / blocks.extent))
        for number in points.indices {
          let turn = table.turn(points[number].u, points[number].v)
          let value = values[block * points.count + number]
          sums[number] += SIMD2(
            value.x * turn.x - value.y * turn.y, value.x * turn.y + value.y * turn.x)
        }
      }
    }
    return sums
  }

  /// Takes a warp that was found before.
  mutating func take(_ warp: TileWarp) {
    self.warp = warp
    score = value(warp)
  }

  /// The coefficients of all lattice points over the whole picture, under the warp that was found.
  func coefficients() -> [SIMD2<Float>] { blocks.coefficients(under: warp) }
}

extension TileBlocks {
  /// The coefficients of all lattice points over the whole picture, under a warp.
  func coefficients(under warp: TileWarp) -> [SIMD2<Float>] {
    var sums = [SIMD2<Float>](repeating: .zero, count: Self.pointCount)
    let points = CarrierLattice.points
    withUnsafeTemporaryAllocation(of: SIMD2<Float>.self, capacity: 2 * PhaseTable.capacity) {
      let table = PhaseTable($0)
      for block in 0..<count {
        table.load(warp.shift(at: centres[block] / extent))
        let first = block * Self.pointCount
        for number in points.indices {
          let turn = table.turn(points[number].u, points[number].v)
          let value = values[first + number]
          sums[number] += SIMD2(
            value.x * turn.x - value.y * turn.y, value.x * turn.y + value.y * turn.x)
        }
      }
    }
    return sums
  }
}

/// The phase factors of one shift, for every lattice point.
private struct PhaseTable {
  /// Factors along one axis: -32...32.
  static let capacity = 2 * ImageTile.highest + 1

  private let values: UnsafeMutableBufferPointer<SIMD2<Float>>

  init(_ values: UnsafeMutableBufferPointer<SIMD2<Float>>) { self.values = values }

  /// Prepares exp(2πi (u x + v y) / side).
  func load(_ shift: SIMD2<Float>) {
    for axis in 0..<2 {
      let angle = 2 * Float.pi * shift[axis] / Float(ImageTile.side)
      let one = SIMD2(cos(angle), sin(angle))
      let middle = axis * Self.capacity + ImageTile.highest
      values[middle] = SIMD2(1, 0)
      for k in 1...ImageTile.highest {
        let last = values[middle + k - 1]
        let next = SIMD2(last.x * one.x - last.y * one.y, last.x * one.y + last.y * one.x)
        values[middle + k] = next
        values[middle - k] = SIMD2(next.x, -next.y)
      }
    }
  }

  @inline(__always)
  func turn(_ u: Int, _ v: Int) -> SIMD2<Float> {
    let a = values[ImageTile.highest + u]
    let b = values[Self.capacity + ImageTile.highest + v]
    return SIMD2(a.x * b.x - a.y * b.y, a.x * b.y + a.y * b.x)
  }
}
