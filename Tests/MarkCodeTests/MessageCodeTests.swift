import MarkCode
import Testing

@Suite struct MessageCodeTests {
  /// The specification, straight from its text.
  private func slow(_ information: Information, outputs: Int) -> [Int8] {
    (0..<152 * outputs).map { position in
      let time = 93 * (position % 152) % 152
      let polynomial = Generators.polynomials[position / 152]
      var parity: UInt8 = 0
      for delay in 0...Generators.memory where polynomial >> UInt32(delay) & 1 == 1 {
        parity ^= information[(time - delay + 152) % 152]
      }
      return parity == 0 ? 1 : -1
    }
  }

  @Test(arguments: 1...12) func agreesWithDefinition(outputs: Int) {
    var signals = Signals(seed: UInt64(outputs))
    let code = MessageCode(outputs: outputs)
    #expect(code.codedBits == 152 * outputs)
    for _ in 0..<4 {
      let information = Information(high: signals.next(), low: signals.next())
      #expect(signs(code, information) == slow(information, outputs: outputs))
    }
  }

  @Test func vectors() throws {
    let vectors = try VectorFile.read("block.txt")
    #expect(vectors.count >= 6)
    for fields in vectors {
      let outputs = try #require(Int(fields[0]))
      let (high, low) = try VectorFile.message(fields[1])
      let block = signs(MessageCode(outputs: outputs), high: high, low: low)
      let digits = stride(from: 0, to: block.count, by: 4).map { first in
        let nibble = (0..<4).reduce(0) { $0 << 1 | (block[first + $1] < 0 ? 1 : 0) }
        return String(nibble, radix: 16)
      }
      #expect(digits.joined() == fields[2])
    }
  }

  @Test func fewerOutputsAreTheBeginningOfMore() {
    let whole = signs(MessageCode(), high: 0x0123_4567_89AB_CDEF, low: 42)
    for outputs in [3, 6] {
      let part = signs(MessageCode(outputs: outputs), high: 0x0123_4567_89AB_CDEF, low: 42)
      #expect(Array(whole.prefix(152 * outputs)) == part)
    }
  }

  @Test func sumOfWordsIsAWord() {
    var signals = Signals(seed: 3)
    let code = MessageCode()
    for _ in 0..<20 {
      let a = Information(
        high: signals.next(), low: signals.next(), check: UInt32(signals.next() >> 40))
      let b = Information(
        high: signals.next(), low: signals.next(), check: UInt32(signals.next() >> 40))
      let sum = Information(high: a.high ^ b.high, low: a.low ^ b.low, check: a.check ^ b.check)
      let product = zip(signs(code, a), signs(code, b)).map { $0 * $1 }
      #expect(product == signs(code, sum))
    }
  }

  /// Information bits turned by a time give each output turned by that time.
  @Test func codeHasNoBeginning() {
    var signals = Signals(seed: 4)
    let code = MessageCode()
    let bits = (0..<152).map { _ in UInt8(signals.next() & 1) }
    func block(_ bits: [UInt8]) -> [[Int8]] {
      var information = Information(high: 0, low: 0, check: 0)
      for (time, bit) in bits.enumerated() {
        if time < 64 {
          information.high = information.high << 1 | UInt64(bit)
        } else if time < 128 {
          information.low = information.low << 1 | UInt64(bit)
        } else {
          information.check = information.check << 1 | UInt32(bit)
        }
      }
      let coded = signs(code, information)
      return (0..<12).map { output in
        (0..<152).map { time in
          // 93 * 85 = 1 modulo 152.
          coded[152 * output + 85 * time % 152]
        }
      }
    }
    let plain = block(bits)
    for turn in [1, 7, 100, 151] {
      let turned = block(Array(bits[turn...] + bits[..<turn]))
      for output in 0..<12 {
        #expect(turned[output] == Array(plain[output][turn...] + plain[output][..<turn]))
      }
    }
  }

  @Test func polynomialsAreDistinctAndHaveBothEnds() {
    #expect(Set(Generators.polynomials).count == 12)
    for polynomial in Generators.polynomials {
      #expect(polynomial & 1 == 1)
      #expect(polynomial >> UInt32(Generators.memory) == 1)
    }
  }

  /// Any 250 positions give every trellis time one or two outputs, never three and never none.
  @Test func stretchesCoverTheRingEvenly() {
    for start in 0..<1824 {
      var seen = [Int](repeating: 0, count: 152)
      for step in 0..<250 { seen[MessageCode().time(ofPosition: (start + step) % 1824)] += 1 }
      #expect(seen.allSatisfy { $0 == 1 || $0 == 2 })
      for time in 0..<152 {
        #expect((0..<3).contains { seen[(time + $0) % 152] == 2 }, "gap at \(time) from \(start)")
      }
    }
  }
}
