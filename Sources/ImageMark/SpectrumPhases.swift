import Glibc

/// How well the phases of a picture's spectrum fit a key's template under a linear map, wherever the
/// tile lies.
///
/// The candidates that a search among powers gives stand out of a million by chance, and each costs
/// milliseconds once the picture itself is looked at. Phases took no part in that search: for a wrong
/// candidate they are those of noise, for the right one they agree. Looking at 32 of them costs a
/// tenth of a millisecond.
final class SpectrumPhases {
  private let spectrum: PictureSpectrum
  private let waves: PictureTransform
  private let transform: PlanarTransform
  private let template: [CarrierLattice.Point]
  private let turns: [SIMD2<Float>]
  /// exp(2πi n / side) for the spectrum's side: takes the origin to the picture's middle, where phases of
  /// neighbouring lines are those of one wave.
  private let moves: [SIMD2<Float>]

  /// More than this times the power of its neighbourhood does not count.
  private static let limit: Float = 12

  /// - Parameters:
  ///   - spectrum: of the picture.
  ///   - waves: the transform that it was made with; stays as it is.
  ///   - lattice: of the key.
  ///   - transform: of the side of the canonical tile.
  init(
    spectrum: PictureSpectrum, waves: PictureTransform, lattice: CarrierLattice,
    transform: PlanarTransform
  ) {
    self.spectrum = spectrum
    self.waves = waves
    self.transform = transform
    template = lattice.template
    turns = lattice.templatePhases.map { SIMD2(cos($0), sin($0)) }
    moves = (0..<waves.side).map { n in
      let angle = 2 * Double.pi * Double(n) / Double(waves.side)
      return SIMD2(Float(cos(angle)), Float(sin(angle)))
    }
  }

  /// The best agreement of all shifts, as the picture lies and turned by 180 degrees.
  ///
  /// - Parameter matrix: what a vector in cycles per tile becomes in the spectrum.
  /// - Returns: the agreement in standard deviations of what noise gives for one shift.
  func agreement(_ matrix: Matrix) -> Float {
    let values = template.map { wave(matrix * SIMD2(Float($0.u), Float($0.v))) }
    let power = values.reduce(0) { $0 + ($1 * $1).sum() }
    guard power > 0 else { return 0 }
    let side = ImageTile.side
    var best: Float = 0
    for sign: Float in [1, -1] {
      transform.complex.update(repeating: .zero, count: side * transform.half)
      for (number, point) in template.enumerated() {
        let (value, turn) = (values[number] * SIMD2(1, sign), turns[number])
        transform.complex[(point.v + side) % side * transform.half + point.u] = SIMD2(
          value.x * turn.x + value.y * turn.y, value.y * turn.x - value.x * turn.y)
      }
      transform.inverse()
      var most = SIMD8<Float>.zero
      let raw = UnsafeRawPointer(transform.real)
      for offset in stride(from: 0, to: 4 * side * side, by: 32) {
        let lanes = raw.load(fromByteOffset: offset, as: SIMD8<Float>.self)
        most = most.replacing(with: lanes, where: lanes .> most)
      }
      best = max(best, most.max())
    }
    // The inverse counts each wave and its conjugate.
    return best / (2 * power).squareRoot()
  }

  /// The wave at a frequency, linear between its neighbours, in units of the noise around.
  private func wave(_ at: SIMD2<Float>) -> SIMD2<Float> {
    let middle = spectrum.side / 2
    let sign: Float = at.x < 0 ? -1 : 1
    let (x, y) = (at.x * sign, Float(middle) + at.y * sign)
    guard x < Float(middle) && y >= 0 && y < Float(spectrum.side - 1) else { return .zero }
    let (column, row) = (Int(x), Int(y))
    let (fx, fy) = (x - Float(column), y - Float(row))
    func line(_ column: Int, _ line: Int) -> SIMD2<Float> {
      let down = (line + middle) % waves.side
      let value = waves.waves[down * waves.half + column]
      let move = moves[(column * waves.middle.x + down * waves.middle.y) % waves.side]
      return SIMD2(value.x * move.x - value.y * move.y, value.x * move.y + value.y * move.x)
    }
    let (left, right) = (line(column, row), line(column + 1, row))
    let (leftBelow, rightBelow) = (line(column, row + 1), line(column + 1, row + 1))
    let top = left + (right - left) * fx
    let bottom = leftBelow + (rightBelow - leftBelow) * fx
    let value = (top + (bottom - top) * fy) * SIMD2(1, sign)
    let noise = spectrum.around(column, row) + 1e-9
    let power = (value * value).sum()
    return value * (min(1 / noise, Self.limit / (power + 1e-9))).squareRoot()
  }
}
