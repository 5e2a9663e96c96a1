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
  /// Candidates whose phases are looked at with each front end: of those that lie straight, of those
  /// shown in another aspect, and of all.
  private static let counts = (straight: 8, display: 8, turned: 24)
  /// Sides of the spectrum, which has more lines than the picture has.
  private static let sides = [1024, 1280, 1536, 1792, 2048]
  /// Alignments that are handed on, at most.
  static let limit = 64

  /// A fit to the template below this is not worth reading.
  private let leastScore: Float
  /// Phases that agree less than this are those of noise, whose best is less in 95 of 100 cases.
  private let leastAgreement: Float
  /// The same for plain tiles, of which there are few.
  private let leastPlainAgreement: Float = 3.8
  private let luma: FloatMap
  /// The size of the picture worked on over that given.
  private let reduction: Float
  private let lattice: CarrierLattice
  private let templatePlaces: [Int]
  private let carrierPlaces: [Int]
  /// The picture as each front end leaves it, for tiles of about the usual size.
  private var prepared: [FrontEnd: FloatMap] = [:]
  private lazy var waves: PictureTransform = {
    let longest = Float(max(luma.width, luma.height))
    return PictureTransform(side: Self.sides.first { Float($0) >= 1.06 * longest } ?? 2048)
  }()
  private var tried = 0
  private let tileTransform = PlanarTransform(side: ImageTile.side)

  /// - Parameters:
  ///   - picture: its luma.
  ///   - lattice: of the key.
  ///   - leastScore: a fit to the template below this is not handed on.
  init(_ picture: LumaPlane, lattice: CarrierLattice, leastScore: Float) {
    self.lattice = lattice
    self.leastScore = leastScore
    leastAgreement = leastScore < 6 ? 4.2 : 4.4
    let byArea = (Self.workSize / Float(picture.count)).squareRoot()
    let bySide = Self.longest / Float(max(picture.width, picture.height))
    reduction = min(1, byArea, bySide)
    luma =
      reduction < 1 ? AreaReduction.reduced(picture, by: reduction) : FloatMap(picture)
    (templatePlaces, carrierPlaces) = lattice.places
  }

  /// Tries the ways the tiles may lie, the likely ones first.
  ///
  /// - Parameters:
  ///   - extent: how far to look.
  ///   - body: gets an alignment; false ends the search.
  func alignments(_ extent: ImageSearchExtent = .whole, _ body: (Alignment) -> Bool) {
    guard min(luma.width, luma.height) >= 16 else { return }
    let likely = plainPeriods
    if let first = likely.first, !aligned(Self.plain(first), .texture, body) { return }
    for frontEnd in FrontEnd.allCases {
      let plain = frontEnd == .texture ? Array(likely.dropFirst()) : likely
      switch extent {
      case .plain:
        for period in plain where !aligned(Self.plain(period), frontEnd, body) { return }
      case .whole: if !searched(frontEnd, plain, body) { return }
      }
    }
  }

  /// Looks for tiles by the spectrum of what a front end leaves, and hands on those that fit.
  private func searched(
    _ frontEnd: FrontEnd, _ plain: [Float], _ body: (Alignment) -> Bool
  ) -> Bool {
    let waves = waves
    let spectrum = PictureSpectrum(base(frontEnd), transform: waves)
    let phases = SpectrumPhases(
      spectrum: spectrum, waves: waves, lattice: lattice, transform: tileTransform)
    let scale = Float(ImageTile.side) / Float(spectrum.side)
    for period in plain {
      let matrix = Self.plain(period)
      if phases.agreement(matrix * (1 / scale)) < leastPlainAgreement { continue }
      if !aligned(matrix, frontEnd, body) { return false }
    }
    let rays = SpectrumRays(spectrum)
    let straight = AxisSearch(rays: rays, template: lattice.template)
    let candidates =
      straight.candidates(Self.counts.straight, aspects: AxisSearch.near)
      + LogPolarSearch(rays: rays, template: lattice.template).candidates(Self.counts.turned)
      + straight.candidates(Self.counts.display, aspects: AxisSearch.display)
    var chosen: [(matrix: Matrix, agreement: Float)] = []
    let fit = SpectrumFit(spectrum: spectrum, template: lattice.template)
    for candidate in candidates {
      let matrix = fit.sharpened(candidate).matrix
      let agreement = phases.agreement(matrix)
      if agreement >= leastAgreement { chosen.append((matrix.transposed * scale, agreement)) }
    }
    var tried: [Matrix] = []
    for (matrix, _) in chosen.sorted(by: { $0.agreement > $1.agreement }) {
      if tried.contains(where: { $0.isNear(matrix) }) { continue }
      tried.append(matrix)
      if !aligned(matrix, frontEnd, body) { return false }
    }
    return true
  }

  /// Straight tiles of a side.
  private static func plain(_ period: Float) -> Matrix {
    let scale = Float(ImageTile.side) / period
    return Matrix(a: scale, b: 0, c: 0, d: scale)
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

  /// The side of tiles that the picture is prepared for, until it is known better.
  private var guess: Float { min(max(Float(min(luma.width, luma.height)) / 4, 40), 288) }

  private func base(_ frontEnd: FrontEnd) -> FloatMap {
    if let known = prepared[frontEnd] { return known }
    let map = frontEnd.whitened(luma, period: guess)
    prepared[frontEnd] = map
    return map
  }

  /// Hands on the two ways round of a linear map, the better one first, where they fit.
  private func aligned(
    _ matrix: Matrix, _ frontEnd: FrontEnd, _ body: (Alignment) -> Bool
  ) -> Bool {
    guard tried < Self.limit else { return false }
    let period = Float(ImageTile.side) / abs(matrix.determinant).squareRoot()
    let first = ways(matrix, frontEnd, period, base(frontEnd))
    if !handedOn(first, body) { return false }
    let ratio = guess / period
    if ratio < 1.2 && ratio > 0.83 || first[0].fit.score < leastScore + 1 { return true }
    return handedOn(
      ways(matrix, frontEnd, period, frontEnd.whitened(luma, period: period)), body)
  }

  /// Hands on those that fit.
  private func handedOn(_ ways: [Alignment], _ body: (Alignment) -> Bool) -> Bool {
    for way in ways where way.fit.score >= leastScore {
      guard tried < Self.limit else { return false }
      tried += 1
      if !body(way) { return false }
    }
    return true
  }

  /// The two ways round of a linear map, the better one first and improved.
  private func ways(
    _ matrix: Matrix, _ frontEnd: FrontEnd, _ period: Float, _ map: FloatMap
  ) -> [Alignment] {
    let blocks = TileBlocks(map, geometry: matrix, transform: tileTransform)
    var ways = [false, true].map { isTurned in
      var fit = TileAlignment(
        isTurned ? blocks.turned() : blocks, lattice: lattice, templatePlaces: templatePlaces)
      fit.search(TileWarp(), transform: tileTransform)
      return Alignment(
        matrix: matrix, isTurned: isTurned, fit: fit, frontEnd: frontEnd, period: period)
    }
    if ways[1].fit.score > ways[0].fit.score { ways.swapAt(0, 1) }
    ways[0].fit.climb(from: 1, withPerspective: true)
    return ways
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
