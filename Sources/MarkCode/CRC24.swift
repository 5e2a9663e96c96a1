/// The check value of a message: 24 bits, most significant bit first, not reflected.
///
/// Register starts with all ones, nothing is inverted at the end. `docs/code.md` has test values.
package enum CRC24 {
  /// The polynomial without its term of degree 24.
  package static let polynomial: UInt32 = 0x0C2D0F
  /// The register before the first bit; not 0, so that the word of zeros is not a valid block.
  package static let start: UInt32 = 0xFF_FFFF

  /// Bits of a check value.
  package static let bitCount = 24

  /// Checksum of 128 bits, the most significant bit of `high` first.
  package static func checksum(high: UInt64, low: UInt64) -> UInt32 {
    continued(continued(start, high), low)
  }

  /// Checksum of 64 bits, the most significant bit first.
  package static func checksum(short: UInt64) -> UInt32 { continued(start, short) }

  private static func continued(_ register: UInt32, _ bits: UInt64) -> UInt32 {
    var register = register
    for shift in stride(from: 56, through: 0, by: -8) {
      register = step(register, UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
    }
    return register
  }

  @inline(__always)
  private static func step(_ register: UInt32, _ byte: UInt8) -> UInt32 {
    table[Int(UInt8(truncatingIfNeeded: register >> 16) ^ byte)] ^ (register << 8 & 0xFF_FFFF)
  }

  private static let table: [UInt32] = (0..<256).map { byte in
    var register = UInt32(byte) << 16
    for _ in 0..<8 {
      register = register << 1 ^ (register & 0x80_0000 != 0 ? polynomial : 0)
    }
    return register & 0xFF_FFFF
  }
}
