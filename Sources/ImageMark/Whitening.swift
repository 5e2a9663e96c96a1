import Glibc

/// The two front ends of the detector: they leave of a picture what may be the mark.
enum FrontEnd: CaseIterable, Sendable {
  /// For photographs: what is finer than the tile's waves, at the same strength everywhere.
  case texture
  /// For documents and drawings: differences from the level around, edges left out.
  case flat

  /// Prepares a picture.
  ///
  /// - Parameters:
  ///   - luma: the picture; stays as it is.
  ///   - period: the supposed side of its tiles, samples.
  /// - Returns: values of about -2...2, of the same size.
  func whitened(_ luma: FloatMap, period: Float) -> FloatMap {
    switch self {
    case .texture:
      let map = Self.detail(luma, period: period)
      if period > 180 { BoxBlur(radius: 1).blur(map) }
      Self.equalise(map, sigma: period / 12, floor: 1, limit: 2)
      return map
    case .flat:
      let map = SeparableMedian(reach: max(1, Int(period / 36))).residual(luma, limit: 6)
      let result = Self.detail(map, period: period)
      Self.equalise(result, sigma: period / 12, floor: 0.5, limit: 2.5)
      return result
    }
  }

  /// The difference from the mean around.
  private static func detail(_ luma: FloatMap, period: Float) -> FloatMap {
    let map = FloatMap(width: luma.width, height: luma.height)
    map.values.update(from: luma.values, count: luma.count)
    BoxBlur(sigma: period / 18).blur(map)
    let (from, to) = (luma.values, map.values)
    for i in 0..<map.count { to[i] = from[i] - to[i] }
    return map
  }

  /// Divides by the local root mean square, and limits.
  static func equalise(_ map: FloatMap, sigma: Float, floor: Float, limit: Float) {
    let power = FloatMap(width: map.width, height: map.height)
    let (values, powers) = (map.values, power.values)
    for i in 0..<map.count { powers[i] = values[i] * values[i] }
    BoxBlur(sigma: sigma).blur(power)
    for i in 0..<map.count {
      // The running sums may end a little below zero.
      let mean = powers[i] > 0 ? powers[i] : 0
      let value = values[i] / (mean.squareRoot() + floor)
      let low = value < -limit ? -limit : value
      values[i] = low > limit ? limit : low
    }
  }
}
