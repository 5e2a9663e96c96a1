/// Energies of the statistics of a map, pattern by pattern: what the search correlates.
///
/// In each frame and group the mean over the 15 patterns is taken off, so that a wrong slot sums to
/// nothing on average.
final class EnergyMap {
  private typealias G = MarkGeometry
  /// Patterns of both groups: 30.
  static let rowCount = G.groupCount * (G.groupSize - 1)

  /// Frames.
  let count: Int
  /// Row by row, `count` energies each.
  let rows: UnsafeMutablePointer<Float>
  /// For each frame, the variance of the energies over the patterns, both groups added.
  let variances: UnsafeMutablePointer<Float>

  /// - Parameters:
  ///   - map: statistics.
  ///   - range: frames of the map.
  init(_ map: StatisticMap, _ range: Range<Int>) {
    count = range.count
    rows = .allocate(capacity: max(1, Self.rowCount * count))
    variances = .allocate(capacity: max(1, count))
    let patterns = G.groupSize - 1
    for (frame, t) in range.enumerated() {
      var variance: Float = 0
      for group in 0..<G.groupCount {
        var energy = SymbolEnergy.of(map.values[2 * t + group])
        energy -= energy.sum() * (1 / Float(patterns))
        energy[0] = 0
        variance += (energy * energy).sum() * (1 / Float(patterns))
        let row = rows + group * patterns * count + frame
        for pattern in 0..<patterns { row[pattern * count] = energy[pattern + 1] }
      }
      variances[frame] = variance
    }
  }

  deinit {
    rows.deallocate()
    variances.deallocate()
  }
}

/// How much a statistic speaks for its pattern, whatever the bit.
enum SymbolEnergy {
  /// Where the square begins to level off: a loud accident must not outweigh many symbols.
  private static let knee: Float = 50

  /// The saturated squares of the 15 patterns of a group; lane 0, which is no pattern, is 0.
  @inline(__always)
  static func of(_ statistics: SIMD16<Float>) -> SIMD16<Float> {
    let square = statistics * statistics
    var energy = square / (1 + square * (1 / knee))
    energy[0] = 0
    return energy
  }
}
