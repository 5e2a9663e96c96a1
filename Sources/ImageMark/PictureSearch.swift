import Glibc

/// The search for a key's tiles in one picture.
final class PictureSearch {
  /// A way the tiles lie, sharpened.
  struct Alignment {
    let matrix: Matrix
    let isTurned: Bool
    var fit: TileAlignment
    let frontEnd: FrontEnd
    let period: Float
  }

  /// Samples of the picture that is worked on, at most.
  private static let workSize: Float = 1_200_000
  /// Candidates that are looked at with each front end.
  private static let candidateCount = 6
  /// A fit to the template below this is not worth reading.
  private static let leastScore: Float = 4.5

  private let luma: FloatMap
  /// The size of the picture worked on over that given.
  private let reduction: Float
  private let lattice: CarrierLattice
  private let templatePlaces: [Int]
  private let carrierPlaces: [Int]
  private let tileTransform = PlanarTransform(side: ImageTile.side)

  init(_ picture: FloatMap, lattice: CarrierLattice) {
    self.lattice = lattice
    let excess = Float(picture.count) / Self.workSize
    reduction = excess > 1 ? 1 / excess.squareRoot() : 1
    luma = reduction < 1 ? AreaReduction.reduced(picture, by: reduction) : picture
    (templatePlaces, carrierPlaces) = lattice.places
  }

  /// Tries the ways the tiles may lie, the likely ones first.
  ///
  /// - Parameter body: gets an alignment; false ends the search.
  func alignments(_ body: (Alignment) -> Bool) {
    guard luma.width >= 16 && luma.height >= 16 else { return }
    let longest = max(luma.width, luma.height)
    guard longest <= 2048 else { return }
    let transform = PlanarTransform(side: longest <= 1024 ? 1024 : 2048)
    let guess = min(max(Float(min(luma.width, luma.height)) / 4, 40), 288)
    for frontEnd in FrontEnd.allCases {
      let whitened = frontEnd.whitened(luma, period: guess)
      let spectrum = PictureSpectrum(whitened, transform: transform)
      let candidates = LogPolarSearch(spectrum: spectrum, template: lattice.template)
        .candidates(Self.candidateCount)
      let fit = SpectrumFit(spectrum: spectrum, template: lattice.template)
      let sharpened = candidates.map { fit.sharpened($0) }.sorted { $0.score > $1.score }
      for candidate in sharpened {
        let scale = Float(ImageTile.side) / Float(transform.side)
        let matrix = candidate.matrix.transposed * scale
        for alignment in aligned(matrix, whitened, guess: guess, frontEnd) {
          if alignment.fit.score < Self.leastScore { continue }
          if !body(alignment) { return }
        }
      }
    }
  }

  /// The two ways round of a linear map, the better one first.
  private func aligned(
    _ matrix: Matrix, _ whitened: FloatMap, guess: Float, _ frontEnd: FrontEnd
  ) -> [Alignment] {
    let period = Float(ImageTile.side) / abs(matrix.determinant).squareRoot()
    let isNear = period / guess < 1.2 && period / guess > 0.83
    let map = isNear ? whitened : frontEnd.whitened(luma, period: period)
    let blocks = TileBlocks(map, geometry: matrix, transform: tileTransform)
    var result = [false, true].map { isTurned in
      var fit = TileAlignment(
        isTurned ? blocks.turned() : blocks, lattice: lattice, templatePlaces: templatePlaces)
      fit.search(TileWarp(), transform: tileTransform)
      return Alignment(
        matrix: matrix, isTurned: isTurned, fit: fit, frontEnd: frontEnd, period: period)
    }
    if result[1].fit.score > result[0].fit.score { result.swapAt(0, 1) }
    result[0].fit.climb(from: 1, withPerspective: true)
    return result
  }

  /// The chips of an alignment, weighted.
  func chips(_ alignment: Alignment) -> [Float] {
    ChipWeights.chips(alignment.fit.coefficients(), carrierPlaces: carrierPlaces)
  }

  /// What an alignment says about the picture.
  func geometry(_ alignment: Alignment) -> ImageGeometry {
    ImageGeometry(
      alignment.matrix, isTurned: alignment.isTurned, period: alignment.period / reduction)
  }
}

extension ImageGeometry {
  /// - Parameters:
  ///   - matrix: from samples to canonical ones.
  ///   - isTurned: whether all is turned by 180 degrees besides.
  ///   - period: distance of the tiles in the picture that was given.
  init(_ matrix: Matrix, isTurned: Bool, period: Float) {
    // The inverse shows how the original's axes lie.
    let back = matrix.inverse
    let isMirrored = back.determinant < 0
    let flip: Float = isMirrored ? -1 : 1
    var angle = atan2(back.c * flip, back.a * flip) * 180 / .pi
    if isTurned { angle += angle > 0 ? -180 : 180 }
    let (x, y) = (
      (back.a * back.a + back.c * back.c).squareRoot(),
      (back.b * back.b + back.d * back.d).squareRoot()
    )
    self.init(
      period: Double(period), rotation: Double(angle), isMirrored: isMirrored, aspect: Double(x / y)
    )
  }
}
