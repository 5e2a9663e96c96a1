import Glibc

/// Finds where a tile's origin lies by the phases of its template, and follows it over the picture.
struct TileAlignment {
  /// The shifts that fit the template best.
  private(set) var warp = TileWarp()
  /// How well they fit, in standard deviations of what noise gives for one shift.
  private(set) var score: Float = 0

  let blocks: TileBlocks
  private typealias Lanes = SIMD8<Float>

  /// The template's frequencies and, for eight blocks at a time, their coefficients with the phases taken
  /// off, each frequency in units of its noise: real and imaginary parts side by side.
  private let points: [CarrierLattice.Point]
  private var values: [Lanes]
  /// Where the blocks are, in half extents; lanes without a block have no values.
  private let places: [(x: Lanes, y: Lanes)]
  private let scale: Float

  private static let side = Float(ImageTile.side)

  /// - Parameters:
  ///   - blocks: of the picture.
  ///   - lattice: of the key.
  ///   - templatePlaces: which of the lattice's points are the template's.
  init(_ blocks: TileBlocks, lattice: CarrierLattice, templatePlaces: [Int]) {
    self.blocks = blocks
    points = lattice.template
    let eights = (blocks.count + 7) / 8
    values = [Lanes](repeating: .zero, count: 2 * eights * points.count)
    places = (0..<eights).map { eight in
      var (x, y) = (Lanes.zero, Lanes.zero)
      for lane in 0..<min(8, blocks.count - 8 * eight) {
        let place = blocks.centres[8 * eight + lane] / blocks.extent
        (x[lane], y[lane]) = (place.x, place.y)
      }
      return (x, y)
    }
    for (number, place) in templatePlaces.enumerated() {
      let phase = lattice.templatePhases[number]
      let (c, s) = (cos(phase), sin(phase))
      var power: Float = 0
      for block in 0..<blocks.count {
        let value = blocks.values[block * TileBlocks.pointCount + place]
        power += (value * value).sum()
      }
      let factor = 1 / (power + 1e-9).squareRoot()
      for block in 0..<blocks.count {
        let value = blocks.values[block * TileBlocks.pointCount + place] * factor
        let first = 2 * (block / 8 * points.count + number)
        values[first][block % 8] = value.x * c + value.y * s
        values[first + 1][block % 8] = value.y * c - value.x * s
      }
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
    withUnsafeTemporaryAllocation(of: Lanes.self, capacity: 4 * Self.reach) { table in
      guard let turns = table.baseAddress else { return }
      let (across, down) = (turns, turns + 2 * Self.reach)
      for (eight, place) in places.enumerated() {
        let along = warp.perspective.x * place.x + warp.perspective.y * place.y
        let m = warp.linear
        Self.load(across, warp.shift.x + m.a * place.x + m.b * place.y + place.x * along)
        Self.load(down, warp.shift.y + m.c * place.x + m.d * place.y + place.y * along)
        for (number, point) in points.enumerated() {
          let v = 2 * abs(point.v)
          let (a, b, c) = (across[2 * point.u], across[2 * point.u + 1], down[v])
          let d = point.v < 0 ? -down[v + 1] : down[v + 1]
          let (re, im) = (a * c - b * d, a * d + b * c)
          let first = 2 * (eight * points.count + number)
          let (x, y) = (values[first], values[first + 1])
          sums[number] += SIMD2((x * re - y * im).sum(), (x * im + y * re).sum())
        }
      }
    }
    return sums
  }

  /// One more than the template's highest number of cycles along an axis.
  private static let reach = ImageTile.highest + 1

  /// cos and sin of 2π n shift / side for n below `reach`, side by side.
  @inline(__always)
  private static func load(_ table: UnsafeMutablePointer<Lanes>, _ shift: Lanes) {
    let angles = shift * (2 * Float.pi / side)
    var (c, s) = (Lanes.zero, Lanes.zero)
    for lane in 0..<8 { (c[lane], s[lane]) = (cos(angles[lane]), sin(angles[lane])) }
    table[0] = Lanes(repeating: 1)
    table[1] = .zero
    for n in 1..<reach {
      let (x, y) = (table[2 * n - 2], table[2 * n - 1])
      table[2 * n] = x * c - y * s
      table[2 * n + 1] = x * s + y * c
    }
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
