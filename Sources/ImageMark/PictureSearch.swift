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
  /// The longest side of the picture that is worked on.
  private static let longest: Float = 2048
  /// Candidates that are looked at with each front end, of those that lie straight and of all.
  private static let straightCount = 4
  private static let turnedCount = 6
  /// Alignments that are handed on, at most.
  static let limit = 64

  /// A fit to the template below this is not worth reading.
  private let leastScore: Float
  private let luma: FloatMap
  /// The size of the picture worked on over that given.
  private let reduction: Float
  private let lattice: CarrierLattice
  private let templatePlaces: [Int]
  private let carrierPlaces: [Int]
  private var prepared: [(frontEnd: FrontEnd, period: Float, map: FloatMap)] = []
  private var tried = 0
  private let tileTransform = PlanarTransform(side: ImageTile.side)

  /// - Parameters:
  ///   - picture: its luma.
  ///   - lattice: of the key.
  ///   - leastScore: a fit to the template below this is not handed on.
  init(_ picture: FloatMap, lattice: CarrierLattice, leastScore: Float) {
    self.lattice = lattice
    self.leastScore = leastScore
    let byArea = (Self.workSize / Float(picture.count)).squareRoot()
    let bySide = Self.longest / Float(max(picture.width, picture.height))
    reduction = min(1, byArea, bySide)
    luma = reduction < 1 ? AreaReduction.reduced(picture, by: reduction) : picture
    (templatePlaces, carrierPlaces) = lattice.places
  }

  /// Tries the ways the tiles may lie, the likely ones first.
  ///
  /// - Parameters:
  ///   - extent: how far to look.
  ///   - body: gets an alignment; false ends the search.
  func alignments(_ extent: ImageSearchExtent = .whole, _ body: (Alignment) -> Bool) {
    guard min(luma.width, luma.height) >= 16 else { return }
    for frontEnd in FrontEnd.allCases {
      for period in plainPeriods {
        let scale = Float(ImageTile.side) / period
        let matrix = Matrix(a: scale, b: 0, c: 0, d: scale)
        if !aligned(matrix, frontEnd, body) { return }
      }
    }
    if extent == .plain { return }
    let side = max(luma.width, luma.height) <= 1024 ? 1024 : 2048
    let transform = PlanarTransform(side: side)
    let guess = min(max(Float(min(luma.width, luma.height)) / 4, 40), 288)
    var spectra: [(FrontEnd, PictureSpectrum)] = []
    for frontEnd in FrontEnd.allCases {
      let spectrum = PictureSpectrum(whitened(frontEnd, guess), transform: transform)
      spectra.append((frontEnd, spectrum))
      let straight = AxisSearch(spectrum: spectrum, template: lattice.template)
        .candidates(Self.straightCount, aspects: AxisSearch.near)
      let turned = LogPolarSearch(spectrum: spectrum, template: lattice.template)
        .candidates(Self.turnedCount)
      if !sharpened(straight + turned, spectrum, frontEnd, body) { return }
    }
    for (frontEnd, spectrum) in spectra {
      let squeezed = AxisSearch(spectrum: spectrum, template: lattice.template)
        .candidates(Self.straightCount, aspects: AxisSearch.display)
      if !sharpened(squeezed, spectrum, frontEnd, body) { return }
    }
  }

  /// Sharpens candidates and hands on those that fit.
  private func sharpened(
    _ candidates: [LogPolarSearch.Candidate], _ spectrum: PictureSpectrum, _ frontEnd: FrontEnd,
    _ body: (Alignment) -> Bool
  ) -> Bool {
    let fit = SpectrumFit(spectrum: spectrum, template: lattice.template)
    let sharpened = candidates.map { fit.sharpened($0) }.sorted { $0.score > $1.score }
    var tried: [Matrix] = []
    for candidate in sharpened {
      if tried.contains(where: { $0.isNear(candidate.matrix) }) { continue }
      tried.append(candidate.matrix)
      let scale = Float(ImageTile.side) / Float(spectrum.side)
      if !aligned(candidate.matrix.transposed * scale, frontEnd, body) { return false }
    }
    return true
  }

  /// The sides that tiles have in pictures that were neither scaled nor turned, or only scaled, in
  /// samples of the picture worked on.
  private var plainPeriods: [Float] {
    let short = Float(min(luma.width, luma.height)) / reduction
    let limits = (Float(ImageTile.smallest), Float(ImageTile.largest))
    var periods: [Float] = []
    let free = short / ImageTile.along
    for period in [free.rounded(.down), limits.0, limits.1, free] {
      let here = period * reduction
      if here >= 22 && !periods.contains(where: { abs($0 / here - 1) < 0.001 }) {
        periods.append(here)
      }
    }
    return periods
  }

  /// A picture prepared for tiles of about a size.
  private func whitened(_ frontEnd: FrontEnd, _ period: Float) -> FloatMap {
    if let known = prepared.last(where: {
      $0.frontEnd == frontEnd && $0.period / period < 1.2 && $0.period / period > 0.83
    }) {
      return known.map
    }
    let map = frontEnd.whitened(luma, period: period)
    if prepared.count == 4 { prepared.removeFirst() }
    prepared.append((frontEnd, period, map))
    return map
  }

  /// Hands on the two ways round of a linear map, the better one first, where they fit.
  private func aligned(
    _ matrix: Matrix, _ frontEnd: FrontEnd, _ body: (Alignment) -> Bool
  ) -> Bool {
    guard tried < Self.limit else { return false }
    let period = Float(ImageTile.side) / abs(matrix.determinant).squareRoot()
    let blocks = TileBlocks(
      whitened(frontEnd, period), geometry: matrix, transform: tileTransform)
    var ways = [false, true].map { isTurned in
      var fit = TileAlignment(
        isTurned ? blocks.turned() : blocks, lattice: lattice, templatePlaces: templatePlaces)
      fit.search(TileWarp(), transform: tileTransform)
      return Alignment(
        matrix: matrix, isTurned: isTurned, fit: fit, frontEnd: frontEnd, period: period)
    }
    if ways[1].fit.score > ways[0].fit.score { ways.swapAt(0, 1) }
    ways[0].fit.climb(from: 1, withPerspective: true)
    for way in ways where way.fit.score >= leastScore {
      tried += 1
      if !body(way) { return false }
    }
    return true
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
