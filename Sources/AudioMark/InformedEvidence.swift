import Glibc

/// What the symbols of a copy say when both variants of the recording are at hand.
struct InformedEvidence {
  /// Symbols to both sides in which the noise is measured.
  private static let reach = 25
  /// dB beyond which a band was not copied but lost.
  private static let clip: Float = 12
  /// Noise in dB² below which none is believed.
  private static let leastNoise: Float = 0.25
  /// What a symbol counts at most, as for blind readings.
  private static let largestRatio = 8.4

  private let mask: BandMask
  /// For each symbol, what the copy has beside the mean of the variants, dB.
  private var rests: [SIMD32<Float>] = []
  /// For each symbol, half of what A has more than B, dB.
  private var signals: [SIMD32<Float>] = []

  /// - Parameter mask: which bands are in use.
  init(_ mask: BandMask) { self.mask = mask }

  /// Adds a symbol that cannot be read.
  mutating func appendNothing() {
    rests.append(.zero)
    signals.append(.zero)
  }

  /// Adds a symbol.
  ///
  /// - Parameters:
  ///   - copy: levels of the copy.
  ///   - a: those of the one variant.
  ///   - b: those of the other.
  ///   - frame: where the symbol begins in all three.
  ///   - isShared: whether the variants are alike in it.
  mutating func append(
    copy: BandLevels, a: BandLevels, b: BandLevels, frame: Int, isShared: Bool
  ) {
    let next = frame + MarkGeometry.framesPerHop
    let (one, other) = (a[frame] - a[next], b[frame] - b[next])
    rests.append(
      mask.even(copy[frame] - copy[next] - (one + other) * 0.5, limit: Self.clip))
    signals.append(isShared ? .zero : (one - other) * (0.5 * mask.lanes))
  }

  /// The evidence of all symbols.
  ///
  /// The noise of each band is measured in the half second around; how much all bands together are
  /// to be trusted shows when the signal of one symbol is looked for in its neighbours, where it is not.
  ///
  /// - Returns: for each symbol, the natural logarithm of P(received | B) / P(received | A), and the
  ///   power ratio of one symbol's statistic.
  func weighed() -> (ratios: [Float], powerRatio: Double) {
    let count = rests.count
    var powers = [SIMD32<Float>](repeating: .zero, count: count + 1)
    for place in 0..<count {
      powers[place + 1] =
        powers[place] + rests[place] * rests[place] - signals[place] * signals[place]
    }
    var matched = [Double](repeating: 0, count: count)
    var (strangers, own, signs, strength) = (0.0, 0.0, 0.0, 0.0)
    var previous: SIMD32<Float>?
    for place in 0..<count where signals[place] != .zero {
      let window = max(0, place - Self.reach)..<min(count, place + Self.reach + 1)
      let mean = (powers[window.upperBound] - powers[window.lowerBound]) / Float(window.count)
      let noise = pointwiseMax(mean, SIMD32(repeating: Self.leastNoise))
      let weights = signals[place] / noise
      matched[place] = Double((weights * rests[place]).sum())
      let expected = Double((weights * signals[place]).sum())
      signs += matched[place] * matched[place]
      own += expected * expected
      strength += expected
      if let previous {
        let wrong = Double((weights * previous).sum())
        strangers += wrong * wrong
      }
      previous = rests[place]
    }
    guard strength > 0, own > 0 else {
      return ([Float](repeating: 0, count: count), 0.01)
    }
    // Bands that err together say less than their number; what was lost on the way is no signal.
    let spread = max(strangers / strength, 0.05)
    let gain = (max(signs - spread * strength, 0) / own).squareRoot()
    let factor = 2 * gain / spread
    let ratios = matched.map { value in
      Float(-min(max(factor * value, -Self.largestRatio), Self.largestRatio))
    }
    let used = signals.count { $0 != .zero }
    let power = gain * gain / spread * strength / Double(max(used, 1))
    return (ratios, min(max(power, 0.01), 8))
  }
}
