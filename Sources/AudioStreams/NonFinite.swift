/// The index of the first sample that is infinite or not a number, or nil.
///
/// Such samples pass through the readers; whoever computes with samples asks here first.
package func firstNonFinite(in samples: UnsafeBufferPointer<Float>) -> Int? {
  // The largest magnitude as bits tells for a whole block: 0x7F800000 and above is not finite.
  let exponent: UInt32 = 0x7F80_0000
  var largest = SIMD8<UInt32>(repeating: 0)
  let blocks = samples.count / 8
  samples.withMemoryRebound(to: UInt32.self) { bits in
    for block in 0..<blocks {
      let vector = UnsafeRawPointer(bits.baseAddress.unsafelyUnwrapped + 8 &* block)
        .loadUnaligned(as: SIMD8<UInt32>.self)
      let magnitude = vector & 0x7FFF_FFFF
      largest = largest.replacing(with: magnitude, where: magnitude .> largest)
    }
  }
  let isTailClean = samples[(8 * blocks)...].allSatisfy(\.isFinite)
  if largest.max() < exponent, isTailClean { return nil }
  return samples.firstIndex { !$0.isFinite }
}
