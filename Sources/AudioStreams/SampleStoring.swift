// From floating point to stored samples: multiplied by 2^(bits-1), limited to the range of the
// integer, rounded half to even. Not-a-number becomes 0. What `decode` made comes back exactly.
//
// Rounding without a library call: adding 1.5 * 2^(mantissa bits) leaves the integer, in two's
// complement, in the low bits of the sum, rounded by the adder itself. Such loops are vectorised.

/// Rounds a value in -2^22...2^22 to an integer in the low bits.
@inline(__always)
private func rounded(_ value: Float) -> UInt32 { (value + 0x1.8p23).bitPattern }

/// Rounds a value in -2^51...2^51 to an integer in the low bits.
@inline(__always)
private func rounded(_ value: Double) -> UInt64 { (value + 0x1.8p52).bitPattern }

@inline(__always)
private func limited<Value: BinaryFloatingPoint>(
  _ value: Value, _ low: Value, _ high: Value
) -> Value {
  let number = value == value ? value : 0
  let raised = number < low ? low : number
  return raised > high ? high : raised
}

@inline(__always)
private func each<Sample, Stored>(
  _ samples: UnsafePointer<Sample>, _ stored: UnsafeMutableRawPointer, _ count: Int,
  _ convert: (Sample) -> Stored
) {
  let stored = stored.assumingMemoryBound(to: Stored.self)
  var index = 0
  while index < count {
    stored[index] = convert(samples[index])
    index &+= 1
  }
}

/// Stores three bytes and one more that the next sample, or nobody, needs.
@inline(__always)
private func store24(_ value: UInt64, _ stored: UnsafeMutableRawPointer, _ index: Int) {
  stored.storeBytes(
    of: UInt32(truncatingIfNeeded: value), toByteOffset: 3 &* index, as: UInt32.self)
}

/// Encodes little-endian samples, 8-bit ones unsigned as in WAV.
///
/// There must be `count` samples, and room for them at `stored`, aligned to their size, and
/// one byte to spare.
func encode(
  _ samples: UnsafePointer<Float>, _ count: Int, _ encoding: SampleEncoding,
  into stored: UnsafeMutableRawPointer
) {
  switch encoding {
  case .int8:
    each(samples, stored, count) { v in
      UInt8(truncatingIfNeeded: rounded(limited(v * 0x1p7, -0x1p7, 0x1p7 - 1)) &+ 128)
    }
  case .int16:
    each(samples, stored, count) { v in
      Int16(truncatingIfNeeded: rounded(limited(v * 0x1p15, -0x1p15, 0x1p15 - 1)))
    }
  case .int24:
    var index = 0
    while index < count {
      // Double, since a Float near full scale has no bits left for the rounding.
      let value = limited(Double(samples[index]) * 0x1p23, -0x1p23, 0x1p23 - 1)
      store24(rounded(value), stored, index)
      index &+= 1
    }
  case .int32:
    each(samples, stored, count) { v in
      Int32(truncatingIfNeeded: rounded(limited(Double(v) * 0x1p31, -0x1p31, 0x1p31 - 1)))
    }
  case .float32: each(samples, stored, count) { v in v }
  case .float64: each(samples, stored, count) { v in Double(v) }
  case .lossy: preconditionFailure("a codec has no stored samples")
  }
}

/// Encodes from `Double`; see the other function.
func encode(
  _ samples: UnsafePointer<Double>, _ count: Int, _ encoding: SampleEncoding,
  into stored: UnsafeMutableRawPointer
) {
  switch encoding {
  case .int8:
    each(samples, stored, count) { v in
      UInt8(truncatingIfNeeded: rounded(limited(v * 0x1p7, -0x1p7, 0x1p7 - 1)) &+ 128)
    }
  case .int16:
    each(samples, stored, count) { v in
      Int16(truncatingIfNeeded: rounded(limited(v * 0x1p15, -0x1p15, 0x1p15 - 1)))
    }
  case .int24:
    var index = 0
    while index < count {
      store24(rounded(limited(samples[index] * 0x1p23, -0x1p23, 0x1p23 - 1)), stored, index)
      index &+= 1
    }
  case .int32:
    each(samples, stored, count) { v in
      Int32(truncatingIfNeeded: rounded(limited(v * 0x1p31, -0x1p31, 0x1p31 - 1)))
    }
  case .float32: each(samples, stored, count) { v in Float(v) }
  case .float64: each(samples, stored, count) { v in v }
  case .lossy: preconditionFailure("a codec has no stored samples")
  }
}

/// Rounds to integers of `bits` bits at the top of 32, the form libsndfile's integer calls take.
func encodeTopAligned(
  _ samples: UnsafePointer<Float>, _ count: Int, bits: Int, into stored: UnsafeMutablePointer<Int32>
) {
  let scale = Double(1 << (bits - 1))
  let shift = Int32(32 - bits)
  each(samples, UnsafeMutableRawPointer(stored), count) { v in
    Int32(truncatingIfNeeded: rounded(limited(Double(v) * scale, -scale, scale - 1))) &<< shift
  }
}

/// Rounds from `Double`; see the other function.
func encodeTopAligned(
  _ samples: UnsafePointer<Double>, _ count: Int, bits: Int,
  into stored: UnsafeMutablePointer<Int32>
) {
  let scale = Double(1 << (bits - 1))
  let shift = Int32(32 - bits)
  each(samples, UnsafeMutableRawPointer(stored), count) { v in
    Int32(truncatingIfNeeded: rounded(limited(v * scale, -scale, scale - 1))) &<< shift
  }
}
