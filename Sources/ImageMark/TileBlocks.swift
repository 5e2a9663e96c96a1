import Glibc

/// The waves of a tile's lattice in each part of a picture, for one supposed way the tiles lie.
///
/// The picture is taken into the tile's own coordinates, cut into groups of neighbouring tiles, and
/// the tiles of a group are added up and transformed. What the mark's waves look like under a
/// slightly different geometry then follows from phases alone.
///
/// Tiles of fewer samples than a canonical one are taken at fewer places, at least as many as they have
/// samples. Where they have nothing in their highest waves, these are zero.
struct TileBlocks {
  /// Number of groups.
  let count: Int
  /// Coefficients of the lattice's points, group by group.
  private(set) var values: [SIMD2<Float>]
  /// The middle of each group in canonical samples, from the picture's middle.
  private(set) var centres: [SIMD2<Float>]
  /// Samples of the picture in each group, in canonical samples.
  let weights: [Float]
  /// Half the picture's extent, in canonical samples.
  let extent: Float

  static let pointCount = CarrierLattice.points.count
  /// Places along a tile's side.
  private static let densities = [32, 48, 64, 96]
  /// Groups along a side, at most.
  private static let most = 6

  /// - Parameters:
  ///   - map: the whitened picture.
  ///   - geometry: what becomes of a vector in samples in canonical ones.
  ///   - transform: of the side of the canonical tile.
  init(_ map: FloatMap, geometry: Matrix, transform: PlanarTransform) {
    let side = ImageTile.side
    let middle = SIMD2(Float(map.width - 1) / 2, Float(map.height - 1) / 2)
    let back = geometry.inverse
    let period = Float(side) * abs(back.determinant).squareRoot()
    let dense = Self.densities.first { Float($0) > period } ?? side
    let step = Float(side) / Float(dense)
    let reach = SIMD2(
      abs(geometry.a) * middle.x + abs(geometry.b) * middle.y,
      abs(geometry.c) * middle.x + abs(geometry.d) * middle.y)
    extent = max(reach.x, reach.y)
    // Tiles are numbered from the one whose first sample is the picture's middle.
    let first = SIMD2(
      Int((-reach.x / Float(side)).rounded(.down)), Int((-reach.y / Float(side)).rounded(.down)))
    let tiles = SIMD2(
      Int((reach.x / Float(side)).rounded(.up)) - first.x,
      Int((reach.y / Float(side)).rounded(.up)) - first.y)
    let grouped = SIMD2(
      (tiles.x + Self.most - 1) / Self.most, (tiles.y + Self.most - 1) / Self.most)
    let across = (tiles.x + grouped.x - 1) / grouped.x
    let groups = across * ((tiles.y + grouped.y - 1) / grouped.y)
    let sums = FloatMap(width: dense * dense, height: groups)
    sums.values.update(repeating: 0, count: sums.count)
    var weights = [Float](repeating: 0, count: groups)
    var moments = [SIMD2<Float>](repeating: .zero, count: groups)
    for tileRow in 0..<tiles.y {
      for line in 0..<dense {
        let cy = Float((first.y + tileRow) * side) + Float(line) * step
        let start = SIMD2(back.b * cy, back.d * cy) + middle
        guard
          let span = Self.span(
            start + SIMD2(back.a, back.c) * Float(first.x * side),
            SIMD2(back.a, back.c) * step, map, tiles.x * dense)
        else { continue }
        var from = span.lowerBound
        while from < span.upperBound {
          let tile = from / dense
          let to = min(span.upperBound, (tile + 1) * dense)
          let group = tileRow / grouped.y * across + tile / grouped.x
          let begin = Float(first.x * side) + Float(from) * step
          Self.add(
            map, start + SIMD2(back.a, back.c) * begin, SIMD2(back.a, back.c) * step,
            count: to - from, to: sums.row(group) + line * dense + from - tile * dense)
          let length = Float(to - from)
          weights[group] += length * step
          moments[group] += length * step * SIMD2(begin + (length - 1) * step / 2, cy)
          from = to
        }
      }
    }
    let used = (0..<groups).filter { weights[$0] > 0 }
    count = used.count
    self.weights = used.map { weights[$0] }
    centres = used.map { moments[$0] / weights[$0] }
    values = []
    values.reserveCapacity(used.count * Self.pointCount)
    let transform = transform.ofSide(dense)
    let highest = dense / 2
    for group in used {
      transform.real.update(from: sums.row(group), count: dense * dense)
      transform.forward()
      for point in CarrierLattice.points {
        let isThere = point.u < highest && abs(point.v) < highest
        values.append(
          isThere
            ? transform.complex[(point.v + dense) % dense * transform.half + point.u] : .zero)
      }
    }
  }

  /// The same picture turned by 180 degrees.
  func turned() -> TileBlocks {
    var result = self
    for i in result.values.indices { result.values[i].y = -result.values[i].y }
    for i in result.centres.indices { result.centres[i] = -result.centres[i] }
    return result
  }

  /// Adds blocks of another picture of the same size and geometry, whose tiles lie elsewhere.
  ///
  /// - Parameters:
  ///   - other: its blocks.
  ///   - move: how far its tiles are moved against these, canonical samples.
  mutating func add(_ other: TileBlocks, movedBy move: SIMD2<Float>) {
    let step = 2 * Double.pi / Double(ImageTile.side)
    let turns = CarrierLattice.points.map { point in
      let angle = step * (Double(point.u) * Double(move.x) + Double(point.v) * Double(move.y))
      return SIMD2(Float(cos(angle)), Float(sin(angle)))
    }
    for first in stride(from: 0, to: values.count, by: Self.pointCount) {
      for index in 0..<Self.pointCount {
        let (value, turn) = (other.values[first + index], turns[index])
        values[first + index] += SIMD2(
          value.x * turn.x - value.y * turn.y, value.x * turn.y + value.y * turn.x)
      }
    }
  }

  /// The same blocks with nothing in them.
  func emptied() -> TileBlocks {
    var result = self
    for index in values.indices { result.values[index] = .zero }
    return result
  }

  /// Which places of a line lie in the picture.
  private static func span(
    _ start: SIMD2<Float>, _ step: SIMD2<Float>, _ map: FloatMap, _ count: Int
  ) -> Range<Int>? {
    var low = Float(0)
    var high = Float(count)
    let limits = SIMD2(Float(map.width) - 1.001, Float(map.height) - 1.001)
    for axis in 0..<2 {
      let value = start[axis]
      if abs(step[axis]) < 1e-6 {
        if value < 0 || value > limits[axis] { return nil }
        continue
      }
      let (p, q) = (-value / step[axis], (limits[axis] - value) / step[axis])
      low = max(low, min(p, q))
      high = min(high, max(p, q) + 1)
    }
    let (from, to) = (Int(low.rounded(.up)), Int(min(high, Float(count)).rounded(.down)))
    return from < to ? from..<to : nil
  }

  private typealias Lanes = SIMD8<Float>

  /// Adds a stretch of a line, linear between samples, eight places at a time.
  @inline(__always)
  private static func add(
    _ map: FloatMap, _ start: SIMD2<Float>, _ step: SIMD2<Float>, count: Int,
    to out: UnsafeMutablePointer<Float>
  ) {
    let (width, values) = (map.width, map.values)
    let (lastX, lastY) = (Float(width) - 1.001, Float(map.height) - 1.001)
    let numbers = Lanes(0, 1, 2, 3, 4, 5, 6, 7)
    for first in stride(from: 0, to: count, by: 8) {
      let places = numbers + Float(first)
      let (x, column) = split(limited(places * step.x + start.x, lastX))
      let (y, line) = split(limited(places * step.y + start.y, lastY))
      let offsets = line &* Int32(width) &+ column
      var (p, q, r, s) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
      for lane in 0..<8 {
        let at = values + Int(offsets[lane])
        p[lane] = at[0]
        q[lane] = at[1]
        r[lane] = at[width]
        s[lane] = at[width + 1]
      }
      let top = p + (q - p) * x
      let bottom = r + (s - r) * x
      let sum = top + (bottom - top) * y
      if first + 8 <= count {
        let raw = UnsafeMutableRawPointer(out + first)
        raw.storeBytes(of: raw.loadUnaligned(as: Lanes.self) + sum, as: Lanes.self)
      } else {
        for lane in 0..<count - first { out[first + lane] += sum[lane] }
      }
    }
  }

  @inline(__always)
  private static func limited(_ value: Lanes, _ last: Float) -> Lanes {
    let low = value.replacing(with: 0, where: value .< 0)
    return low.replacing(with: last, where: low .> last)
  }

  /// Fraction and whole part of values of at least 0, by adding what leaves no place for fractions; for a
  /// whole number these may be 1 and the number before.
  @inline(__always)
  private static func split(_ value: Lanes) -> (Lanes, SIMD8<Int32>) {
    let whole = (value - 0.5) + 12_582_912
    let bits = unsafeBitCast(whole, to: SIMD8<Int32>.self) & 0x3F_FFFF
    return (value - (whole - 12_582_912), bits)
  }
}
