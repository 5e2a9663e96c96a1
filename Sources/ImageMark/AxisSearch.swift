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

  private let spectrum: PictureSpectrum
  private let template: [CarrierLattice.Point]

  init(spectrum: PictureSpectrum, template: [CarrierLattice.Point]) {
    self.spectrum = spectrum
    self.template = template
  }

  /// The best candidates, best first.
  ///
  /// - Parameters:
  ///   - wanted: how many, at most.
  ///   - aspects: logarithms of aspects, neighbours side by side.
  /// - Returns: the candidates.
  func candidates(_ wanted: Int, aspects: [Double]) -> [LogPolarSearch.Candidate] {
    let side = Double(spectrum.side)
    let count = Int(log(Self.periods.upperBound / Self.periods.lowerBound) / Self.step)
    let across = aspects.count
    var found: [LogPolarSearch.Candidate] = []
    for variant in 0..<4 {
      let (isMirrored, isTurned) = (variant & 1 == 1, variant & 2 == 2)
      let scores = FloatMap(width: across, height: count)
      for y in 0..<count {
        let scale = Float(side / (Self.periods.lowerBound * exp(Double(y) * Self.step)))
        for x in 0..<across {
          let half = Float(exp(aspects[x] / 2))
          scores.row(y)[x] = score(scale * half, scale / half, isMirrored, isTurned)
        }
      }
      for _ in 0..<wanted {
        var best = 0
        for i in 1..<scores.count where scores.values[i] > scores.values[best] { best = i }
        let (y, x) = (best / across, best % across)
        let scale = Float(side / (Self.periods.lowerBound * exp(Double(y) * Self.step)))
        let half = Float(exp(aspects[x] / 2))
        let flip: Float = isMirrored ? -1 : 1
        let matrix =
          isTurned
          ? Matrix(a: 0, b: -scale * half, c: scale / half * flip, d: 0)
          : Matrix(a: scale * half * flip, b: 0, c: 0, d: scale / half)
        found.append(.init(score: scores.values[best], matrix: matrix))
        for row in max(0, y - 6)...min(count - 1, y + 6) {
          for column in max(0, x - 2)...min(across - 1, x + 2) {
            scores.row(row)[column] = -.infinity
          }
        }
      }
    }
    found.sort { $0.score > $1.score }
    return Array(found.prefix(wanted))
  }

  /// The sum of levels over the root of the number of frequencies that are in the spectrum.
  private func score(_ x: Float, _ y: Float, _ isMirrored: Bool, _ isTurned: Bool) -> Float {
    let limit = 0.48 * Float(spectrum.side)
    var (sum, count): (Float, Float) = (0, 0)
    for point in template {
      let u = isMirrored ? -Float(point.u) : Float(point.u)
      let v = Float(point.v)
      let (fx, fy) = isTurned ? (-x * v, y * u) : (x * u, y * v)
      guard abs(fx) < limit && abs(fy) < limit else { continue }
      sum += spectrum.level(fx, fy)
      count += 1
    }
    return sum / max(count, 8).squareRoot()
  }
}
