/// How the tiles lie in a film's frames, but for the moves, and half seconds of film taken into their
/// coordinates.
///
/// It follows slow changes: every twenty groups the warp climbs to the best fit of these.
struct SegmentPose {
  private static let groupsPerClimb = 20
  /// Sums that fit the template less are not followed.
  private static let leastScore: Float = 6

  let geometry: ImageGeometry
  private let matrix: Matrix
  private let isTurned: Bool
  private(set) var warp: TileWarp
  private let basis: SegmentBasis
  private var recent: TileBlocks?
  private var recentCount = 0

  init(_ alignment: FilmSearch.Alignment, _ geometry: ImageGeometry, basis: SegmentBasis) {
    self.geometry = geometry
    matrix = alignment.matrix
    isTurned = alignment.isTurned
    warp = alignment.fit.warp
    self.basis = basis
  }

  /// The tiles of a group.
  func blocks(_ map: FloatMap) -> TileBlocks {
    let blocks = TileBlocks(map, geometry: matrix, transform: basis.transform)
    return isTurned ? blocks.turned() : blocks
  }

  /// The waves of a group, as if its tiles were not moved.
  func coefficients(_ blocks: TileBlocks) -> [SIMD2<Float>] { blocks.coefficients(under: warp) }

  /// The tiles lie elsewhere altogether.
  ///
  /// - Parameter shift: canonical samples.
  mutating func move(by shift: SIMD2<Float>) {
    warp.shift += shift
    recent = nil
    recentCount = 0
  }

  /// Takes note of a group, to follow slow changes.
  ///
  /// - Parameters:
  ///   - blocks: of the group.
  ///   - move: where its tiles are moved to, as far as can be told.
  mutating func follow(_ blocks: TileBlocks, movedBy move: SIMD2<Int32>) {
    if let known = recent, known.count != blocks.count { recent = nil }
    if recent == nil {
      recent = blocks.emptied()
      recentCount = 0
    }
    recent?.add(blocks, movedBy: SIMD2<Float>(move))
    recentCount += 1
    guard recentCount == Self.groupsPerClimb, let sum = recent else { return }
    var alignment = TileAlignment(
      sum, lattice: basis.lattice, templatePlaces: basis.places.template)
    alignment.take(warp)
    alignment.climb(from: 0.25, withPerspective: true)
    if alignment.score >= Self.leastScore { warp = alignment.warp }
    recent = nil
  }
}
