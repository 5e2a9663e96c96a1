/// Fast logarithms of vectors, alike on every machine: no library call, no fused operation.
enum Decibel {
  /// 1.5 * 2^23: what is added to it is rounded half to even to an integer in the low bits.
  private static let integerOffset: Float = 0x1.8p23
  private static let integerBits: Int32 = 0x4b40_0000

  /// Limits every lane; the library's own `clamped` is a call for each bound.
  @inline(__always)
  static func limited(_ x: SIMD8<Float>, _ low: Float, _ high: Float) -> SIMD8<Float> {
    let lower = SIMD8<Float>(repeating: low)
    let upper = SIMD8<Float>(repeating: high)
    let raised = x.replacing(with: lower, where: x .< lower)
    return raised.replacing(with: upper, where: raised .> upper)
  }

  /// Base-2 logarithm of positive finite values, absolute error below 2e-5.
  ///
  /// The exponent is taken from the bits; the mantissa is brought to sqrt(1/2)...sqrt(2) and put
  /// through the series of artanh.
  @inline(__always)
  static func log2(_ x: SIMD8<Float>) -> SIMD8<Float> {
    let bits = unsafeBitCast(x, to: SIMD8<Int32>.self)
    let shifted = bits &- 0x3f35_04f3
    let exponent = shifted &>> 23
    let m = unsafeBitCast(bits &- (exponent &<< 23), to: SIMD8<Float>.self)
    let t = (m - 1) / (m + 1)
    let t2 = t * t
    var series = 0.577_078 + t2 * 0.43
    series = 0.961_796_7 + t2 * series
    series = t * (2.885_390_1 + t2 * series)
    // A small integer added to the bits of 1.5 * 2^23 is that float plus the integer: exact, and
    // without the call for each lane that the conversion is.
    let shiftedExponent = unsafeBitCast(exponent &+ integerBits, to: SIMD8<Float>.self)
    return shiftedExponent - integerOffset + series
  }

  /// Power to level in dB.
  @inline(__always)
  static func level(_ power: SIMD8<Float>) -> SIMD8<Float> { log2(power) * 3.010_299_96 }

  /// 2 to the power of x for x in -126...126, relative error below 3e-5.
  @inline(__always)
  static func exp2(_ x: SIMD8<Float>) -> SIMD8<Float> {
    let clamped = limited(x, -126, 126)
    let shifted = clamped + integerOffset
    let whole = shifted - integerOffset
    let f = clamped - whole
    var series = 0.009_618_1 + f * 0.001_333_4
    series = 0.055_504_1 + f * series
    series = 0.240_226_5 + f * series
    series = 0.693_147_2 + f * series
    series = 1 + f * series
    let exponent = unsafeBitCast(shifted, to: SIMD8<Int32>.self) &- integerBits
    let scale = unsafeBitCast((exponent &+ 127) &<< 23, to: SIMD8<Float>.self)
    return series * scale
  }

  /// A level in dB to an amplitude factor.
  @inline(__always)
  static func amplitude(_ level: SIMD8<Float>) -> SIMD8<Float> { exp2(level * 0.166_096_40) }

  /// A level in dB to a power factor.
  @inline(__always)
  static func power(_ level: SIMD8<Float>) -> SIMD8<Float> { exp2(level * 0.332_192_81) }
}
