/// What a symbol reads: the difference of its two frames in every band, made robust.
struct SymbolStatistic {
  /// Differences beyond this many dB from the middle count as this much.
  static let clip: Float = 6

  /// 1 for bands in use, 0 for others, in the order in which the differences come.
  private let mask: (SIMD8<Float>, SIMD8<Float>, SIMD8<Float>, SIMD8<Float>)
  private let share: Float

  /// - Parameter isValid: which of the 32 bands are in use, in the order of the differences.
  init(isValid: [Bool]) {
    func lanes(_ from: Int) -> SIMD8<Float> {
      var result = SIMD8<Float>.zero
      for lane in 0..<8 where isValid[from + lane] { result[lane] = 1 }
      return result
    }
    mask = (lanes(0), lanes(8), lanes(16), lanes(24))
    share = 1 / Float(max(isValid.count(where: \.self), 1))
  }

  /// Takes the common part off the differences of levels, clips and halves them, in place.
  ///
  /// The common part, which is the host's own rise or fall, is a Huber mean: from the plain mean it
  /// moves to the bulk of the bands as a median does, at the cost of a few vector operations.
  ///
  /// - Parameter d: level of the first frame minus level of the second, dB, for 32 bands.
  @inline(__always)
  func normalize(_ d: UnsafeMutablePointer<SIMD8<Float>>) {
    let whole = (d[0] * mask.0 + d[1] * mask.1) + (d[2] * mask.2 + d[3] * mask.3)
    var middle = whole.sum() * share
    var reach: Float = 2 * Self.clip
    for _ in 0..<4 {
      let sum =
        (Decibel.limited(d[0] - middle, -reach, reach) * mask.0
          + Decibel.limited(d[1] - middle, -reach, reach) * mask.1)
        + (Decibel.limited(d[2] - middle, -reach, reach) * mask.2
          + Decibel.limited(d[3] - middle, -reach, reach) * mask.3)
      middle += sum.sum() * share
      reach = max(reach * 0.5, 2)
    }
    let most = 2 * Self.clip
    d[0] = Decibel.limited(d[0] - middle, -most, most) * (0.5 * mask.0)
    d[1] = Decibel.limited(d[1] - middle, -most, most) * (0.5 * mask.1)
    d[2] = Decibel.limited(d[2] - middle, -most, most) * (0.5 * mask.2)
    d[3] = Decibel.limited(d[3] - middle, -most, most) * (0.5 * mask.3)
  }
}
