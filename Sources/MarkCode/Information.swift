/// The 152 information bits of a block: 128 message bits, then 24 bits of CRC.
package struct Information: Equatable, Sendable {
  /// Message bits 0 to 63; bit 0 is the most significant one.
  package var high: UInt64
  /// Message bits 64 to 127.
  package var low: UInt64
  /// Bits 128 to 151 in the 24 low bits.
  package var check: UInt32

  /// A message with its right CRC.
  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
    check = CRC24.checksum(high: high, low: low)
  }

  /// Any 152 bits.
  package init(high: UInt64, low: UInt64, check: UInt32) {
    self.high = high
    self.low = low
    self.check = check & 0xFF_FFFF
  }

  /// Whether the check bits are the CRC of the message bits.
  package var isConsistent: Bool { CRC24.checksum(high: high, low: low) == check }

  /// The bit that enters the encoder at a trellis time, 0 to 151.
  package subscript(time: Int) -> UInt8 {
    if time < 64 { return UInt8(truncatingIfNeeded: high >> UInt64(63 - time) & 1) }
    if time < 128 { return UInt8(truncatingIfNeeded: low >> UInt64(127 - time) & 1) }
    return UInt8(truncatingIfNeeded: check >> UInt32(151 - time) & 1)
  }
}
