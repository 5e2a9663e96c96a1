/// The information bits of a block: 128 message bits, or 64 of a short message, then 24 bits of CRC.
package struct Information: Equatable, Sendable {
  /// Message bits 0 to 63; bit 0 is the most significant one.
  package var high: UInt64
  /// Message bits 64 to 127; 0 in a short message.
  package var low: UInt64
  /// The last 24 bits, in the 24 low bits.
  package var check: UInt32
  /// 128 or 64.
  package let messageBits: Int

  /// A message of 128 bits with its right CRC.
  package init(high: UInt64, low: UInt64) {
    self.init(high: high, low: low, check: CRC24.checksum(high: high, low: low))
  }

  /// Any 152 bits.
  package init(high: UInt64, low: UInt64, check: UInt32) {
    self.high = high
    self.low = low
    self.check = check & 0xFF_FFFF
    messageBits = 128
  }

  /// A short message with its right CRC.
  package init(short: UInt64) {
    self.init(short: short, check: CRC24.checksum(short: short))
  }

  /// Any 88 bits.
  package init(short: UInt64, check: UInt32) {
    high = short
    low = 0
    self.check = check & 0xFF_FFFF
    messageBits = 64
  }

  /// Whether the check bits are the CRC of the message bits.
  package var isConsistent: Bool {
    check
      == (messageBits == 128
        ? CRC24.checksum(high: high, low: low) : CRC24.checksum(short: high))
  }

  /// The bit that enters the encoder at a trellis time, 0 to 151 or 87.
  package subscript(time: Int) -> UInt8 {
    if time < 64 { return UInt8(truncatingIfNeeded: high >> UInt64(63 - time) & 1) }
    if time < messageBits { return UInt8(truncatingIfNeeded: low >> UInt64(127 - time) & 1) }
    let place = messageBits + CRC24.bitCount - 1 - time
    return UInt8(truncatingIfNeeded: check >> UInt32(place) & 1)
  }
}
