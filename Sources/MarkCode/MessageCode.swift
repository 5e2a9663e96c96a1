/// The tail-biting convolutional code of a message, and where its bits lie in a block.
///
/// 152 information bits (message and CRC-24, most significant bit first) enter a shift register that
/// starts filled with the last bits of the same block, so the code has no beginning and no end.
/// A block of `n` outputs has `152 * n` positions; short messages of 64 bits have 88 information
/// bits. `docs/code.md` is the byte-exact specification.
package struct MessageCode: Sendable {
  /// Information bits of a block of 128 message bits.
  package static let informationBits = 152

  /// Message bits of a block, 128 or 64.
  package let messageBits: Int
  /// Outputs of the encoder at each trellis time, 1 to 12.
  package let outputs: Int
  /// Bits the encoder remembers.
  package let memory: Int
  /// One polynomial for each output; bit `d` multiplies the information bit of `d` times before.
  package let polynomials: [UInt32]

  /// Positions of a block.
  package var codedBits: Int { times * outputs }
  /// Information bits of a block, message and CRC, which is also the number of trellis times.
  package var times: Int { messageBits + CRC24.bitCount }
  /// Trellis times between neighbouring positions; coprime to `times`, next to it over the golden
  /// ratio.
  package var stride: Int { messageBits == 128 ? 93 : 53 }

  /// The code of the specification with its first `outputs` polynomials.
  ///
  /// - Parameters:
  ///   - outputs: 1 to 12.
  ///   - messageBits: 128, or 64 for the code of short messages.
  package init(outputs: Int = 12, messageBits: Int = 128) {
    self.init(
      polynomials: Array(Generators.polynomials.prefix(outputs)), memory: Generators.memory,
      messageBits: messageBits)
  }

  /// Any code of the family, for measurements.
  ///
  /// - Parameters:
  ///   - polynomials: 1 to 12 polynomials whose bits 0 and `memory` are set.
  ///   - memory: 4 to 15.
  ///   - messageBits: 128 or 64.
  package init(polynomials: [UInt32], memory: Int, messageBits: Int = 128) {
    precondition(messageBits == 128 || messageBits == 64, "128 or 64 message bits")
    precondition((1...12).contains(polynomials.count), "1 to 12 outputs")
    precondition((4...15).contains(memory), "memory 4 to 15")
    let ends = UInt32(1) << UInt32(memory) | 1
    precondition(polynomials.allSatisfy { $0 & ends == ends && $0 >> UInt32(memory) == 1 })
    self.messageBits = messageBits
    self.outputs = polynomials.count
    self.memory = memory
    self.polynomials = polynomials
  }

  /// The code whose information bits, and so whose trellis, run the other way.
  ///
  /// Its time `r` has the outputs of time `memory - r` here, and a state there has the bits of the
  /// state here in reverse order.
  var mirrored: MessageCode {
    MessageCode(
      polynomials: polynomials.map { Self.mirror($0, bits: memory + 1) }, memory: memory,
      messageBits: messageBits)
  }

  /// The low bits of a number in reverse order.
  static func mirror(_ number: UInt32, bits: Int) -> UInt32 {
    (0..<bits).reduce(0) { $0 << 1 | number >> UInt32($1) & 1 }
  }

  /// The trellis time whose output stands at a position of the block.
  @inline(__always)
  package func time(ofPosition position: Int) -> Int {
    position % times * stride % times
  }

  /// Writes the signs of a message of 128 bits: +1 for coded bit 0, -1 for coded bit 1.
  ///
  /// - Parameters:
  ///   - high: message bits 0 to 63; bit 0 is the most significant one.
  ///   - low: message bits 64 to 127.
  ///   - signs: `codedBits` elements, all overwritten.
  package func encode(high: UInt64, low: UInt64, into signs: UnsafeMutableBufferPointer<Int8>) {
    encode(Information(high: high, low: low), into: signs)
  }

  /// Writes the signs of any information bits, whether their CRC is right or not.
  package func encode(_ information: Information, into signs: UnsafeMutableBufferPointer<Int8>) {
    precondition(signs.count == codedBits, "the block has \(codedBits) positions")
    precondition(information.messageBits == messageBits, "the block has \(messageBits) bits")
    for index in 0..<times {
      let time = index * stride % times
      var register: UInt32 = 0
      for delay in 0...memory {
        let bit = information[(time - delay + times) % times]
        register |= UInt32(bit) << UInt32(delay)
      }
      for output in 0..<outputs {
        let parity = (register & polynomials[output]).nonzeroBitCount & 1
        signs[output * times + index] = 1 - 2 * Int8(truncatingIfNeeded: parity)
      }
    }
  }
}
