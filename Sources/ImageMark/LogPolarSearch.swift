import Glibc

/// Finds how a tile lies by its template: all scales and turns at once, mirrored and not.
///
/// On a map whose rows are logarithms of radius and whose columns are angles, scaling and turning
/// are shifts. The score of a hypothesis is a sum over the template's frequencies of the map,
/// shifted.
struct LogPolarSearch {
  /// A way the tile may lie.
  struct Candidate {
    /// Sum of the levels at the template's frequencies over the root of their number.
    var score: Float
    /// What a vector in cycles per tile becomes in the spectrum.
    var matrix: Matrix
  }

  /// Sides of tiles that are looked for, samples.
  private static let periods: ClosedRange<Float> = 28...360
  private static let angles = 720
  private static let step = 0.005
  private static let smallestRadius = 3.0

  private let rays: SpectrumRays
  private let template: [CarrierLattice.Point]

  init(rays: SpectrumRays, template: [CarrierLattice.Point]) {
    self.rays = rays
    self.template = template
  }

  /// The best candidates, best first.
  ///
  /// - Parameter wanted: how many, at most.
  /// - Returns: the candidates.
  func candidates(_ wanted: Int) -> [Candidate] {
    let side = Float(rays.side)
    let rows = Int(log(0.48 * Double(side) / Self.smallestRadius) / Self.step)
    let map = logPolar(rows: rows)
    func place(_ period: Float) -> Int {
      Int((log(Double(side / period) / Self.smallestRadius) / Self.step).rounded(.down))
    }
    let range = place(Self.periods.upperBound)..<place(Self.periods.lowerBound)
    var found: [Candidate] = []
    for isMirrored in [false, true] {
      let scores = scores(map, range, isMirrored: isMirrored)
      var peaks = RowPeaks(scores)
      for _ in 0..<wanted {
        let (row, column) = peaks.highest
        let scale = Float(
          Self.smallestRadius * exp(Double(range.lowerBound + row) * Self.step))
        let angle = Float.pi * Float(column) / Float(Self.angles)
        let flip: Float = isMirrored ? -1 : 1
        let matrix = Matrix(
          a: scale * cos(angle) * flip, b: -scale * sin(angle),
          c: scale * sin(angle) * flip, d: scale * cos(angle))
        found.append(Candidate(score: scores.row(row)[column], matrix: matrix))
        for y in max(0, row - 4)...min(scores.height - 1, row + 4) {
          for x in column - 4...column + 4 {
            scores.row(y)[(x + Self.angles) % Self.angles] = -.infinity
          }
          peaks.update(y)
        }
      }
    }
    found.sort { $0.score > $1.score }
    return Array(found.prefix(wanted))
  }

  /// The spectrum by radius and angle; every row twice, so that angles can be shifted.
  private func logPolar(rows: Int) -> ShortMap {
    let angles = Self.angles
    let map = ShortMap(width: 2 * angles, height: rows)
    let directions = (0..<angles).map { index in
      let angle = Double.pi * Double(index) / Double(angles)
      return SIMD2(Float(cos(angle)), Float(sin(angle)))
    }
    for y in 0..<rows {
      let radius = Float(Self.smallestRadius * exp(Double(y) * Self.step))
      let row = map.row(y)
      for x in 0..<angles {
        row[x] = rays.level(radius * directions[x].x, radius * directions[x].y)
      }
      (row + angles).update(from: row, count: angles)
    }
    return map
  }

  /// The score of each hypothesis: rows for the places of one cycle per tile, columns for angles.
  private func scores(_ map: ShortMap, _ range: Range<Int>, isMirrored: Bool) -> FloatMap {
    let angles = Self.angles
    let moves = template.map { point in
      let u = Double(isMirrored ? -point.u : point.u)
      let angle = atan2(Double(point.v), u)
      let turn = Int((angle / Double.pi * Double(angles)).rounded())
      return (
        rows: Int((log(Double(point.radius)) / Self.step).rounded()),
        columns: (turn % angles + angles) % angles
      )
    }
    let scores = FloatMap(width: angles, height: range.count)
    let line = ShortMap(width: angles, height: 1)
    let sums = line.row(0)
    for (y, place) in range.enumerated() {
      sums.update(repeating: 0, count: angles)
      var count: Float = 0
      for move in moves {
        let row = place + move.rows
        guard row >= 0 && row < map.height else { continue }
        count += 1
        let from = map.row(row) + move.columns
        for x in 0..<angles { sums[x] &+= from[x] }
      }
      let scale = 1 / (rays.unit * max(count, 12).squareRoot())
      let out = scores.row(y)
      for x in 0..<angles { out[x] = Float(sums[x]) * scale }
    }
    withExtendedLifetime(line) {}
    return smoothed(scores)
  }

  /// Weights 1, 2, 1 in both directions: hypotheses lie closer than the spectrum's lines are wide.
  private func smoothed(_ map: FloatMap) -> FloatMap {
    let (width, height) = (map.width, map.height)
    let result = FloatMap(width: width, height: height)
    let padded = FloatMap(width: width + 2, height: 1)
    let line = padded.values
    for y in 0..<height {
      let (above, row, below) = (
        map.row(max(y - 1, 0)), map.row(y), map.row(min(y + 1, height - 1))
      )
      for x in 0..<width { line[x + 1] = above[x] + 2 * row[x] + below[x] }
      line[0] = line[width]
      line[width + 1] = line[1]
      let out = result.row(y)
      for x in 0..<width { out[x] = (line[x] + 2 * line[x + 1] + line[x + 2]) / 16 }
    }
    return result
  }
}

/// Rows of whole numbers.
private final class ShortMap {
  let height: Int
  private let width: Int
  private let values: UnsafeMutablePointer<Int16>

  init(width: Int, height: Int) {
    (self.width, self.height) = (width, height)
    values = .allocate(capacity: width * height)
  }

  deinit { values.deallocate() }

  @inline(__always)
  func row(_ y: Int) -> UnsafeMutablePointer<Int16> { values + y * width }
}
