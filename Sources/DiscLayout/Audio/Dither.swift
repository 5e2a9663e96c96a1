/// Rounds samples to 16 bits with dither, the same way every time.
///
/// To each sample the difference of two numbers is added that are uniform over one step of 16 bits
/// (triangular dither, two steps wide; Lipshitz, Wannamaker and Vanderkooy, "Quantization and
/// Dither: A Theoretical Survey", JAES 40, 1992): the error's mean and variance do not depend on the
/// signal then. The numbers are the halves of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
package struct Dither {
  private var state: UInt64

  /// - Parameter seed: the serial number of the copy, so that the same copy gives the same disc.
  package init(seed: UInt64) { state = seed }

  /// The next 64 bits of SplitMix64.
  @inline(__always)
  private mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }

  /// Rounds samples.
  ///
  /// - Parameters:
  ///   - samples: full scale 1.0; what is beyond is limited, and no number is 0.
  ///   - output: as many.
  package mutating func round(
    _ samples: UnsafeBufferPointer<Float>, into output: UnsafeMutableBufferPointer<Int16>
  ) {
    var index = 0
    while index < samples.count {
      let bits = next()
      let noise =
        Float(UInt32(truncatingIfNeeded: bits)) * 0x1p-32 - Float(UInt32(bits >> 32)) * 0x1p-32
      let sample = samples[index]
      let scaled = (sample == sample ? sample * 0x1p15 : 0) + noise
      output[index] = Int16(min(max(scaled.rounded(.toNearestOrEven), -0x1p15), 0x1p15 - 1))
      index &+= 1
    }
  }
}
