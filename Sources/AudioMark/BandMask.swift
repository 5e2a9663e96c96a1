/// Which bands a copy and its host both have.
struct BandMask {
  /// 1 for bands in use, 0 for others, in the order of the places of the key.
  let lanes: SIMD32<Float>
  private let share: Float

  /// - Parameter isValid: which bands are in use, in that order.
  init(isValid: [Bool]) {
    var lanes = SIMD32<Float>.zero
    for (lane, isValid) in isValid.enumerated() where isValid { lanes[lane] = 1 }
    self.lanes = lanes
    share = 1 / max(lanes.sum(), 1)
  }

  /// Takes off what all bands have in common, and limits the rest.
  ///
  /// - Parameters:
  ///   - values: dB, for each band.
  ///   - limit: dB.
  /// - Returns: at most the limit to both sides; 0 for bands that are not in use.
  @inline(__always)
  func even(_ values: SIMD32<Float>, limit: Float) -> SIMD32<Float> {
    let used = values * lanes
    let rest = used - lanes * (used.sum() * share)
    let most = SIMD32<Float>(repeating: limit)
    return pointwiseMin(pointwiseMax(rest, -most), most)
  }
}
