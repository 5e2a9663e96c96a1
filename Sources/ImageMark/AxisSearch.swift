import Glibc

/// Finds tiles that lie straight, turned by right angles or mirrored at most, whatever their scale
/// and aspect.
///
/// Most pictures were never turned. Looking for these alone, among thousands of hypotheses instead
/// of a million, finds weaker marks, and those that were stretched.
struct AxisSearch {
  /// Sides of tiles that are looked for, samples.
  private static let periods: ClosedRange<Double> = 22...420
  private static let step = 0.0025
  /// Logarithms of the aspects that are looked for first: up to 6 % to each side.
  static let near = (-8...8).map { Double($0) * aspectStep }
  /// What becomes of 16:9 shown as 4:3, or the other way round.
  static let display =
    (-4...4).map { log(0.75) + Double($0) * aspectStep }
    + (-4...4).map { log(4.0 / 3) + Double($0) * aspectStep }
  private static let aspectStep = 0.0075

  private let rays: SpectrumRays
  private let template: [CarrierLattice.Point]

  init(rays: SpectrumRays, template: [CarrierLattice.Point]) {
    self.rays = rays
    self.template = template
  }

  /// The best candidates, best first.
  ///
  /// - Parameters:
  ///   - wanted: how many, at most.
  ///   - aspects: logarithms of aspects, neighbours side by side.
  /// - Returns: the candidates.
  func candidates(_ wanted: Int, aspects: [Double]) -> [LogPolarSearch.Candidate] {
    let side = Double(rays.side)
    let count = Int(log(Self.periods.upperBound / Self.periods.lowerBound) / Self.step)
    let scales = (0..<count).map {
      Float(side / (Self.periods.lowerBound * exp(Double($0) * Self.step)))
    }
    let variants = scores(scales, aspects)
    var found: [LogPolarSearch.Candidate] = []
    for (variant, scores) in variants.enumerated() {
      let (isMirrored, isTurned) = (variant & 1 == 1, variant & 2 == 2)
      var peaks = RowPeaks(scores)
      for _ in 0..<wanted {
        let (x, y) = peaks.highest
        let half = Float(exp(aspects[x] / 2))
        let flip: Float = isMirrored ? -1 : 1
        let matrix =
          isTurned
          ? Matrix(a: 0, b: -scales[y] * half, c: scales[y] / half * flip, d: 0)
          : Matrix(a: scales[y] * half * flip, b: 0, c: 0, d: scales[y] / half)
        found.append(.init(score: scores.row(x)[y], matrix: matrix))
        for column in max(0, x - 2)...min(aspects.count - 1, x + 2) {
          for row in max(0, y - 6)...min(count - 1, y + 6) { scores.row(column)[row] = -.infinity }
          peaks.update(column)
        }
      }
    }
    found.sort { $0.score > $1.score }
    return Array(found.prefix(wanted))
  }

  /// The sums of levels over the roots of the numbers of frequencies that are in the spectrum: a map for
  /// straight tiles, mirrored, turned, and both; a row for each aspect, in it a score for each scale.
  private func scores(_ scales: [Float], _ aspects: [Double]) -> [FloatMap] {
    let limit = 0.48 * Float(rays.side)
    let count = scales.count
    let maps = (0..<4).map { _ in FloatMap(width: count, height: aspects.count) }
    let sums = UnsafeMutablePointer<Int16>.allocate(capacity: 4 * count)
    defer { sums.deallocate() }
    for (number, aspect) in aspects.enumerated() {
      let half = Float(exp(aspect / 2))
      sums.update(repeating: 0, count: 4 * count)
      // Larger tiles have lower frequencies: from some scale on all are in the spectrum.
      var begins = [[Int]](repeating: [], count: 2)
      for point in template {
        let (u, v) = (Float(point.u), Float(abs(point.v)))
        for (turned, (x, y)) in [(u * half, v / half), (v * half, u / half)].enumerated() {
          let over = Double(scales[0] * max(x, y) / limit)
          let begin = min(max(Int((log(over) / Self.step).rounded(.up)), 0), count)
          begins[turned].append(begin)
          // Mirrored, what went down goes up. Turned, a ray that went down goes up.
          let (one, other) = (sums + 2 * turned * count, sums + (2 * turned + 1) * count)
          let isDown = (point.v > 0) != (turned == 1)
          scales.withUnsafeBufferPointer {
            guard let base = $0.baseAddress else { return }
            rays.add(
              base, begin..<count, x, y, down: isDown ? one : other, up: isDown ? other : one)
          }
        }
      }
      for variant in 0..<4 {
        let starts = begins[variant / 2].sorted()
        var there = 0
        let row = maps[variant].row(number)
        for y in 0..<count {
          while there < starts.count && starts[there] <= y { there += 1 }
          row[y] =
            Float(sums[variant * count + y])
            / (rays.unit * Float(max(there, 8)).squareRoot())
        }
      }
    }
    return maps
  }
}
