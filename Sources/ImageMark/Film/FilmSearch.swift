import Glibc

/// A way a film's tiles may lie.
struct FilmAlignment {
  /// The chips of all groups together, weighted.
  let chips: [Float]
  let geometry: ImageGeometry
  /// What becomes of a vector in samples of a group in canonical ones.
  let matrix: Matrix
  /// Whether the frames are turned by 180 degrees besides.
  let isTurned: Bool
  let warp: TileWarp
  /// How well all groups together fit the template, in standard deviations.
  let score: Float
  /// The groups' tiles.
  let blocks: [TileBlocks]
}

/// The search for a key's tiles in groups of frames, in each of which they may lie elsewhere.
final class FilmSearch {
  /// Candidates that are looked at: of those that lie straight, of those shown in another aspect,
  /// and of all.
  private static let counts = (straight: 2, display: 2, turned: 3)
  /// Alignments that are handed on, at most.
  static let limit = 2 * (counts.straight + counts.display + counts.turned)
  /// A fit to the template below this is not worth reading.
  private static let leastScore: Float = 4.5

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

  /// Tries the ways the tiles may lie, the likely ones first.
  ///
  /// - Parameter body: gets an alignment; false ends the search.
  func alignments(_ body: (FilmAlignment) -> Bool) {
    guard let first = groups.first, first.width >= 16, first.height >= 16 else { return }
    let spectral = PlanarTransform(side: 1024)
    // Powers do not tell where a tile lies, and add up.
    let spectrum = PictureSpectrum(first, transform: spectral)
    for group in groups.dropFirst() { spectrum.add(PictureSpectrum(group, transform: spectral)) }
    spectrum.scale(by: 1 / Float(groups.count).squareRoot())
    let straight = AxisSearch(spectrum: spectrum, template: lattice.template)
    let candidates =
      straight.candidates(Self.counts.straight, aspects: AxisSearch.near)
      + LogPolarSearch(spectrum: spectrum, template: lattice.template)
      .candidates(Self.counts.turned)
      + straight.candidates(Self.counts.display, aspects: AxisSearch.display)
    let fit = SpectrumFit(spectrum: spectrum, template: lattice.template)
    let scale = Float(ImageTile.side) / Float(spectral.side)
    for candidate in candidates.map({ fit.sharpened($0) }).sorted(by: { $0.score > $1.score }) {
      let matrix = candidate.matrix.transposed * scale
      let blocks = groups.map { TileBlocks($0, geometry: matrix, transform: transform) }
      let turned = blocks.map { $0.turned() }
      var fits = [(false, joined(blocks)), (true, joined(turned))]
      if fits[1].1.score > fits[0].1.score { fits.swapAt(0, 1) }
      for (number, (isTurned, fit)) in fits.enumerated() where fit.score >= Self.leastScore {
        var fit = fit
        if number == 0 { fit.climb(from: 1, withPerspective: true) }
        let period = Float(ImageTile.side) / abs(matrix.determinant).squareRoot()
        let chips = ChipWeights.chips(fit.coefficients(), carrierPlaces: places.carriers)
        let geometry = ImageGeometry(matrix, isTurned: isTurned, period: period / reduction)
        let alignment = FilmAlignment(
          chips: chips, geometry: geometry, matrix: matrix, isTurned: isTurned, warp: fit.warp,
          score: fit.score, blocks: isTurned ? turned : blocks)
        if !body(alignment) { return }
      }
    }
  }

  /// Finds where the tile lies in each group, and adds the groups up so that it lies in one place.
  private func joined(_ groups: [TileBlocks]) -> TileAlignment {
    let side = ImageTile.side
    let area = side * side
    let sum = FloatMap(width: side, height: side)
    sum.values.update(repeating: 0, count: area)
    let fits = FloatMap(width: area, height: groups.count)
    for (number, group) in groups.enumerated() {
      alignment(group).correlate(TileWarp(), transform: transform)
      let row = fits.row(number)
      row.update(from: transform.real, count: area)
      for y in 0..<side {
        let out = sum.row(y)
        for x in 0..<side {
          // The likeliest of the places it may have been moved to.
          var best = -Float.infinity
          for move in origins.moves {
            let place = (y + Int(move.y)) % side * side + (x + Int(move.x)) % side
            best = max(best, row[place])
          }
          out[x] += best
        }
      }
    }
    var top = 0
    for i in 1..<area where sum.values[i] > sum.values[top] { top = i }
    var all = groups[0].emptied()
    for (number, group) in groups.enumerated() {
      let row = fits.row(number)
      func fit(_ move: SIMD2<Int32>) -> Float {
        row[(top / side + Int(move.y)) % side * side + (top % side + Int(move.x)) % side]
      }
      guard let move = origins.moves.max(by: { fit($0) < fit($1) }) else { continue }
      all.add(group, movedBy: move, weight: 1)
    }
    var result = alignment(all)
    result.search(TileWarp(), transform: transform)
    return result
  }

  private func alignment(_ blocks: TileBlocks) -> TileAlignment {
    TileAlignment(blocks, lattice: lattice, templatePlaces: places.template)
  }
}
