// From stored samples to floating point, full scale 1.0: an integer is divided by 2^(bits-1), which
// is exact but for 32-bit integers in Float.
//
// The loops run over raw pointers with their body inlined, so that they are vectorised; together
// with encoding they decide what passing a file through costs (about 1 ms for 10^6 samples).

/// Runs a conversion over all samples.
@inline(__always)
private func each<Stored, Sample>(
  _ stored: UnsafeRawPointer, _ samples: UnsafeMutablePointer<Sample>, _ count: Int,
  _ convert: (Stored) -> Sample
) {
  let stored = stored.assumingMemoryBound(to: Stored.self)
  var index = 0
  while index < count {
    samples[index] = convert(stored[index])
    index &+= 1
  }
}

/// A 24-bit sample; reads one byte more than it has, which the caller provides.
@inline(__always)
private func integer24(_ stored: UnsafeRawPointer, _ index: Int) -> Int32 {
  (stored.loadUnaligned(fromByteOffset: 3 &* index, as: Int32.self) &<< 8) &>> 8
}

/// Copies little-endian samples of 16 bits as they are.
func copyStored(
  _ stored: UnsafeRawPointer, _ encoding: SampleEncoding, _ count: Int,
  into samples: UnsafeMutablePointer<Int16>
) {
  each(stored, samples, count) { (v: Int16) in Int16(littleEndian: v) }
}

/// Decodes little-endian samples, 8-bit ones unsigned as in WAV.
///
/// There must be `count` samples at `stored`, aligned to their size, and one readable byte
/// behind them, and room for as many at `samples`.
func decode(
  _ stored: UnsafeRawPointer, _ encoding: SampleEncoding, _ count: Int,
  into samples: UnsafeMutablePointer<Float>
) {
  switch encoding {
  case .int8: each(stored, samples, count) { (v: UInt8) in Float(Int32(v) &- 128) * 0x1p-7 }
  case .int16: each(stored, samples, count) { (v: Int16) in Float(v) * 0x1p-15 }
  case .int24:
    var index = 0
    while index < count {
      samples[index] = Float(integer24(stored, index)) * 0x1p-23
      index &+= 1
    }
  case .int32: each(stored, samples, count) { (v: Int32) in Float(v) * 0x1p-31 }
  case .float32: each(stored, samples, count) { (v: Float) in v }
  case .float64: each(stored, samples, count) { (v: Double) in Float(v) }
  case .lossy: preconditionFailure("a codec has no stored samples")
  }
}

/// Decodes little-endian samples exactly; see the other function.
func decode(
  _ stored: UnsafeRawPointer, _ encoding: SampleEncoding, _ count: Int,
  into samples: UnsafeMutablePointer<Double>
) {
  switch encoding {
  case .int8: each(stored, samples, count) { (v: UInt8) in Double(Int32(v) &- 128) * 0x1p-7 }
  case .int16: each(stored, samples, count) { (v: Int16) in Double(v) * 0x1p-15 }
  case .int24:
    var index = 0
    while index < count {
      samples[index] = Double(integer24(stored, index)) * 0x1p-23
      index &+= 1
    }
  case .int32: each(stored, samples, count) { (v: Int32) in Double(v) * 0x1p-31 }
  case .float32: each(stored, samples, count) { (v: Float) in Double(v) }
  case .float64: each(stored, samples, count) { (v: Double) in v }
  case .lossy: preconditionFailure("a codec has no stored samples")
  }
}
