import MarkKeys
import Testing
import _TestSupport

@testable import ImageMark

/// What a key decides about the tile and the code.
@Suite struct KeyScheduleTests {
  @Test(arguments: 1...20)
  func templatesAreApart(_ number: UInt8) {
    let lattice = CarrierLattice(key: .numbered(number))
    #expect(lattice.template.count == 32)
    #expect(lattice.carriers.count == CarrierLattice.points.count - 32)
    for (index, one) in lattice.template.enumerated() {
      for other in lattice.template[..<index] {
        let (x, y) = (one.u - other.u, one.v - other.v)
        #expect(x * x + y * y > 16)
      }
    }
  }

  @Test func scramblingIsUndone() {
    var random = SeededGenerator(seed: 1)
    let scrambler = MessageScrambler(key: MarkKey.numbered(1).subKey(.imageCode))
    let other = MessageScrambler(key: MarkKey.numbered(2).subKey(.imageCode))
    for _ in 0..<200 {
      let message = Message(high: random.next(), low: random.next())
      let bits = scrambler.scrambled(message)
      #expect(bits != message)
      #expect(scrambler.restored(bits) == message)
      #expect(other.restored(bits) != message)
      let short = ShortMessage(bits: random.next())
      #expect(scrambler.restored(short: scrambler.scrambled(short)) == short)
      #expect(other.restored(short: scrambler.scrambled(short)) != short)
    }
  }
}
