/// Differences of the two frames of analysis that a symbol beginning at each frame would have.
struct DifferenceMap {
  private typealias G = MarkGeometry

  private let values: [SIMD32<Float>]
  private static let clip: Float = 8

  /// - Parameters:
  ///   - levels: of the bands.
  ///   - range: the frames to use; at the end of the levels nothing is said.
  ///   - mask: which bands are in use.
  init(_ levels: BandLevels, _ range: Range<Int>, mask: BandMask) {
    values = range.map { frame in
      guard frame + G.framesPerHop < levels.count else { return .zero }
      return mask.even(levels[frame] - levels[frame + G.framesPerHop], limit: Self.clip)
    }
  }

  /// The normalised correlation with another map, laid at one of its frames.
  func agreement(with other: DifferenceMap, at lag: Int) -> Double {
    let count = min(values.count, other.values.count - lag)
    var sum = SIMD32<Float>.zero
    var (own, theirs) = (SIMD32<Float>.zero, SIMD32<Float>.zero)
    for t in 0..<max(count, 0) {
      sum += values[t] * other.values[lag + t]
      own += values[t] * values[t]
      theirs += other.values[lag + t] * other.values[lag + t]
    }
    let scale = (Double(own.sum()) * Double(theirs.sum())).squareRoot()
    return scale > 0 ? Double(sum.sum()) / scale : 0
  }
}
