import ImageMark
import MarkKeys
import Testing
import _TestSupport

/// The message in the lowest bits of pixels.
@Suite struct PixelBitMarkTests {
  private func key(_ byte: UInt8) -> MarkKey {
    MarkKey(name: "k", secret: Secret([UInt8](repeating: byte, count: 32)))
  }

  private let message = Message(high: 0x0123_4567_89AB_CDEF, low: 0xFEDC_BA98_7654_3210)

  /// Counts for squares of 64 x 64, one picture of one tile after the other.
  private func balance(_ bits: [UInt8?], _ generator: inout SeededGenerator) -> [Int] {
    (0..<64 * 64).map { pixel in
      let bit = bits[pixel / 64 % 32 * 64 + pixel % 64]
      return (bit ?? UInt8.random(in: 0...1, using: &generator)) == 0 ? 1 : -1
    }
  }

  @Test func aTileCarriesIt() {
    var generator = SeededGenerator(seed: 1)
    let mark = PixelBitMark(key: key(1))
    let bits = mark.bits(of: message)
    #expect(bits.count == 2048 && bits.count { $0 != nil } == 1520)
    let found = mark.detect(balance: balance(bits, &generator), logThreshold: -14)
    #expect(found?.message == message && found?.agreement == 1)
    #expect(found.map { $0.logBound < -800 } == true)
  }

  @Test func anotherKeyAndChanceGiveNothing() {
    var generator = SeededGenerator(seed: 2)
    let bits = PixelBitMark(key: key(1)).bits(of: message)
    let other = PixelBitMark(key: key(2))
    #expect(other.detect(balance: balance(bits, &generator), logThreshold: -14) == nil)
    for _ in 0..<3 {
      let chance = balance([UInt8?](repeating: nil, count: 2048), &generator)
      #expect(other.detect(balance: chance, logThreshold: -14) == nil)
    }
    #expect(other.detect(balance: [Int](repeating: 7, count: 4096), logThreshold: -14) == nil)
  }

  /// A third of the bits turned by chance are no harm, and the bound says that they are.
  @Test func someBitsMayBeLost() throws {
    var generator = SeededGenerator(seed: 3)
    let mark = PixelBitMark(key: key(1))
    var counts = balance(mark.bits(of: message), &generator)
    for pixel in counts.indices where Int.random(in: 0..<5, using: &generator) == 0 {
      counts[pixel].negate()
    }
    let found = try #require(mark.detect(balance: counts, logThreshold: -14))
    #expect(found.message == message)
    #expect((0.7...0.95).contains(found.agreement))
    #expect(found.logBound > -800)
  }
}
