/// Sharpens a candidate on the spectrum, in small steps of the whole linear map.
struct SpectrumFit {
  private let spectrum: PictureSpectrum
  private let template: [SIMD2<Float>]

  init(spectrum: PictureSpectrum, template: [CarrierLattice.Point]) {
    self.spectrum = spectrum
    self.template = template.map { SIMD2(Float($0.u), Float($0.v)) }
  }

  /// The best map near a candidate's, and the sum of levels at the template's frequencies there.
  func sharpened(_ candidate: LogPolarSearch.Candidate) -> (matrix: Matrix, score: Float) {
    var matrix = candidate.matrix
    var best = score(matrix)
    let size = abs(matrix.determinant).squareRoot()
    var step: Float = 0.006
    while step > 0.0004 {
      var isBetter = false
      for direction in Matrix.directions {
        for sign: Float in [1, -1] {
          // The direction acts on the picture's frequencies.
          let next = matrix + direction * matrix * (sign * step)
          let value = score(next)
          if value > best + 1e-6 {
            (matrix, best, isBetter) = (next, value, true)
          }
        }
      }
      if !isBetter { step /= 2 }
      if abs(matrix.determinant).squareRoot() > 1.2 * size { break }
    }
    return (matrix, best)
  }

  private func score(_ matrix: Matrix) -> Float {
    var sum: Float = 0
    for point in template {
      let at = matrix * point
      sum += spectrum.level(at.x, at.y)
    }
    return sum
  }
}
