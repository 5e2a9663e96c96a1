import Glibc

/// The search for a key's tiles in groups of frames, in each of which they may lie elsewhere.
final class FilmSearch {
  /// A way the tiles lie, and all groups added up so that they lie in one place.
  struct Alignment {
    let matrix: Matrix
    let isTurned: Bool
    let fit: TileAlignment
    /// The tiles of each group for itself, under the map.
    let blocks: [TileBlocks]
  }

  /// Candidates that are looked at: of those that lie straight, of those shown in another aspect,
  /// and of all.
  private static let counts = (straight: 2, display: 2, turned: 3)
  /// Alignments that are handed on, at most, besides those of known maps.
  static let limit = 2 * (counts.straight + counts.display + counts.turned)
  /// A fit to the template below this is not worth reading.
  private static let leastScore: Float = 4.5
  /// Times that the places in the groups are found anew, at most.
  private static let rounds = 2

  private let groups: [FloatMap]
  private let lattice: CarrierLattice
  private let origins: FilmOrigins
  private let guess: Float
  private let reduction: Float
  private let places: (template: [Int], carriers: [Int])
  private let transform = PlanarTransform(side: ImageTile.side)

  /// - Parameters:
  ///   - groups: whitened frames, added up over short times.
  ///   - lattice: of the key.
  ///   - origins: of the key.
  ///   - guess: the supposed side of tiles, samples.
  ///   - reduction: the size of the groups over that of the frames.
  init(
    _ groups: [FloatMap], lattice: CarrierLattice, origins: FilmOrigins, guess: Float,
    reduction: Float
  ) {
    self.groups = groups
    self.lattice = lattice
    self.origins = origins
    self.guess = guess
    self.reduction = reduction
    places = lattice.places
  }

  /// The spectra of all groups added up, since powers do not tell where a tile lies; nil for frames
  /// that are too small.
  func spectrum() -> PictureSpectrum? {
    guard let first = groups.first, first.width >= 16, first.height >= 16 else { return nil }
    let transform = PictureTransform(side: 1024)
    let spectrum = PictureSpectrum(first, transform: transform)
    for group in groups.dropFirst() { spectrum.add(PictureSpectrum(group, transform: transform)) }
    return spectrum
  }

  /// Tries the ways the tiles may lie, the likely ones first.
  ///
  /// - Parameter body: gets an alignment; false ends the search.
  /// - Returns: whether it went on to the end.
  @discardableResult
  func alignments(_ body: (Alignment) -> Bool) -> Bool {
    guard let spectrum = spectrum() else { return true }
    return alignments(spectrum, besides: [], body)
  }

  /// Tries the ways the tiles may lie that a spectrum shows, the likely ones first.
  ///
  /// - Parameters:
  ///   - spectrum: of these groups, or of more.
  ///   - known: maps that are passed over.
  ///   - body: gets an alignment; false ends the search.
  /// - Returns: whether it went on to the end.
  func alignments(
    _ spectrum: PictureSpectrum, besides known: [Matrix], _ body: (Alignment) -> Bool
  ) -> Bool {
    let rays = SpectrumRays(spectrum)
    let straight = AxisSearch(rays: rays, template: lattice.template)
    let candidates =
      straight.candidates(Self.counts.straight, aspects: AxisSearch.near)
      + LogPolarSearch(rays: rays, template: lattice.template)
      .candidates(Self.counts.turned)
      + straight.candidates(Self.counts.display, aspects: AxisSearch.display)
    let fit = SpectrumFit(spectrum: spectrum, template: lattice.template)
    let scale = Float(ImageTile.side) / Float(spectrum.side)
    var tried = known
    for candidate in candidates.map({ fit.sharpened($0) }).sorted(by: { $0.score > $1.score }) {
      let matrix = candidate.matrix.transposed * scale
      if tried.contains(where: { $0.isNear(matrix) }) { continue }
      tried.append(matrix)
      if !alignments(matrix, body) { return false }
    }
    return true
  }

  /// Hands on the two ways round of a linear map, the better one first, where they fit.
  ///
  /// - Parameters:
  ///   - matrix: from samples to canonical ones.
  ///   - body: gets an alignment; false ends the search.
  /// - Returns: whether it went on to the end.
  func alignments(_ matrix: Matrix, _ body: (Alignment) -> Bool) -> Bool {
    let blocks = groups.map { TileBlocks($0, geometry: matrix, transform: transform) }
    guard blocks.contains(where: { $0.count > 0 }) else { return true }
    let turned = blocks.map { $0.turned() }
    var fits = [(false, joined(blocks)), (true, joined(turned))]
    if fits[1].1.score > fits[0].1.score { fits.swapAt(0, 1) }
    for (number, (isTurned, fit)) in fits.enumerated() where fit.score >= Self.leastScore {
      var fit = fit
      if number == 0 { fit = climbed(fit, isTurned ? turned : blocks) }
      let alignment = Alignment(
        matrix: matrix, isTurned: isTurned, fit: fit, blocks: isTurned ? turned : blocks)
      if !body(alignment) { return false }
    }
    return true
  }

  /// Improves an alignment: its warp, and with that the places of the tile in each group.
  private func climbed(_ start: TileAlignment, _ groups: [TileBlocks]) -> TileAlignment {
    var best = start
    best.climb(from: 1, withPerspective: true)
    for _ in 0..<Self.rounds where best.score >= Self.leastScore + 1 {
      var next = joined(groups, along: best.warp)
      next.climb(from: 0.5, withPerspective: true)
      if next.score <= best.score { break }
      best = next
    }
    return best
  }

  /// The chips of an alignment, weighted.
  func chips(_ fit: TileAlignment) -> [Float] {
    ChipWeights.chips(fit.coefficients(), carrierPlaces: places.carriers)
  }

  /// What an alignment says about the frames.
  func geometry(_ alignment: Alignment) -> ImageGeometry {
    geometry(alignment.matrix, isTurned: alignment.isTurned)
  }

  /// What a linear map says about the frames.
  ///
  /// - Parameters:
  ///   - matrix: from samples to canonical ones.
  ///   - isTurned: whether the frames are turned by 180 degrees besides.
  /// - Returns: how they lie.
  func geometry(_ matrix: Matrix, isTurned: Bool) -> ImageGeometry {
    let period = Float(ImageTile.side) / abs(matrix.determinant).squareRoot()
    return ImageGeometry(matrix, isTurned: isTurned, period: period / reduction)
  }

  /// Finds where the tile lies in each group, and adds the groups up so that it lies in one place.
  ///
  /// - Parameters:
  ///   - groups: of one map.
  ///   - known: how the shift differs over the frame, as far as that is known.
  /// - Returns: the sum, and the best shift in it.
  private func joined(_ groups: [TileBlocks], along known: TileWarp = TileWarp()) -> TileAlignment {
    var start = known
    start.shift = .zero
    let side = ImageTile.side
    let area = side * side
    let sum = FloatMap(width: side, height: side)
    sum.values.update(repeating: 0, count: area)
    let fits = FloatMap(width: area, height: groups.count)
    let line = FloatMap(width: side, height: 1)
    let best = line.values
    for (number, group) in groups.enumerated() {
      alignment(group).correlate(start, transform: transform)
      let row = fits.row(number)
      row.update(from: transform.real, count: area)
      // The likeliest of the places it may have been moved to.
      for y in 0..<side {
        best.update(repeating: -.infinity, count: side)
        for move in origins.moves {
          let from = row + (y + Int(move.y)) % side * side
          let turn = Int(move.x)
          Self.raise(best, from + turn, count: side - turn)
          Self.raise(best + side - turn, from, count: turn)
        }
        let out = sum.row(y)
        for x in 0..<side { out[x] += best[x] }
      }
    }
    withExtendedLifetime(line) {}
    var top = 0
    for i in 1..<area where sum.values[i] > sum.values[top] { top = i }
    var all = groups[0].emptied()
    for (number, group) in groups.enumerated() {
      let row = fits.row(number)
      func fit(_ move: SIMD2<Int32>) -> Float {
        row[(top / side + Int(move.y)) % side * side + (top % side + Int(move.x)) % side]
      }
      guard let move = origins.moves.max(by: { fit($0) < fit($1) }) else { continue }
      all.add(group, movedBy: SIMD2<Float>(move))
    }
    return alignment(of: all, along: start)
  }

  /// Takes values that are higher.
  @inline(__always)
  private static func raise(
    _ values: UnsafeMutablePointer<Float>, _ others: UnsafePointer<Float>, count: Int
  ) {
    for i in 0..<count {
      let (value, other) = (values[i], others[i])
      values[i] = other > value ? other : value
    }
  }

  /// Where the tiles of blocks lie.
  ///
  /// - Parameters:
  ///   - blocks: of one map, in one place.
  ///   - known: how the shift differs over the frame.
  /// - Returns: the best shift.
  func alignment(of blocks: TileBlocks, along known: TileWarp) -> TileAlignment {
    var result = alignment(blocks)
    result.search(known, transform: transform)
    return result
  }

  private func alignment(_ blocks: TileBlocks) -> TileAlignment {
    TileAlignment(blocks, lattice: lattice, templatePlaces: places.template)
  }
}
