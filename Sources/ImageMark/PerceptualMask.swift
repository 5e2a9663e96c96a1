import Glibc

/// How strong the mark may be at each place of a picture, up to a common factor: strong where there
/// is texture on the scale of a tile's waves, weak where it is smooth or at lone edges.
enum PerceptualMask {
  private static let exponent: Float = 0.7
  private static let least: Float = 0.6
  private static let most: Float = 9

  /// - Parameters:
  ///   - luma: the picture.
  ///   - period: the side of its tiles.
  /// - Returns: factors, 0.6...9.
  static func factors(_ luma: FloatMap, period: Int) -> FloatMap {
    let fine = max(1.5, Float(period) / 64)
    let mask = deviation(luma, sigma: fine)
    let wide = deviation(luma, sigma: max(4, Float(period) / 20))
    for i in 0..<mask.count {
      mask.values[i] = factor(fine: mask.values[i], wide: wide.values[i])
    }
    BoxBlur(sigma: max(1, Float(period) / 64)).blur(mask)
    return mask
  }

  /// The factor of a place before it is smoothed.
  ///
  /// - Parameters:
  ///   - fine: deviation close by.
  ///   - wide: deviation around; at an edge the fine one is larger.
  /// - Returns: 0.6...9.
  @inline(__always)
  static func factor(fine: Float, wide: Float) -> Float {
    min(powered(min(fine, 1.2 * wide)) + least, most)
  }

  /// x to the power 0.7, by a table over the range that matters, the same on every machine.
  private static let table: [Float] = (0...4096).map {
    Float(pow(Double($0) / 64, Double(exponent)))
  }

  @inline(__always)
  private static func powered(_ value: Float) -> Float {
    let place = min(value * 64, 4095)
    let index = Int(place)
    return table[index] + (table[index + 1] - table[index]) * (place - Float(index))
  }

  /// The local standard deviation.
  private static func deviation(_ luma: FloatMap, sigma: Float) -> FloatMap {
    let blur = BoxBlur(sigma: sigma)
    let map = FloatMap(width: luma.width, height: luma.height)
    map.values.update(from: luma.values, count: luma.count)
    blur.blur(map)
    for i in 0..<map.count {
      let difference = luma.values[i] - map.values[i]
      map.values[i] = difference * difference
    }
    blur.blur(map)
    for i in 0..<map.count { map.values[i] = max(map.values[i], 0).squareRoot() }
    return map
  }
}
