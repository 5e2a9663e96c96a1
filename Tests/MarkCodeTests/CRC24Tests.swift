import MarkCode
import Testing

@Suite struct CRC24Tests {
  /// The definition, one bit at a time.
  private func slow(high: UInt64, low: UInt64) -> UInt32 {
    var register = CRC24.start
    for index in 0..<128 {
      let bit = index < 64 ? high >> UInt64(63 - index) & 1 : low >> UInt64(127 - index) & 1
      let feedback = (register >> 23 & 1) ^ UInt32(bit)
      register = register << 1 & 0xFF_FFFF
      if feedback == 1 { register ^= CRC24.polynomial }
    }
    return register
  }

  @Test func tableAgreesWithDefinition() {
    var signals = Signals(seed: 1)
    for _ in 0..<200 {
      let (high, low) = (signals.next(), signals.next())
      #expect(CRC24.checksum(high: high, low: low) == slow(high: high, low: low))
    }
  }

  @Test func vectors() throws {
    let vectors = try VectorFile.read("crc24.txt")
    #expect(vectors.count >= 6)
    for fields in vectors {
      let (high, low) = try VectorFile.message(fields[0])
      #expect(UInt32(fields[1], radix: 16) == CRC24.checksum(high: high, low: low))
    }
  }

  @Test func wordsOfZerosAndOnesAreNoBlocks() {
    #expect(!Information(high: 0, low: 0, check: 0).isConsistent)
    #expect(!Information(high: .max, low: .max, check: 0xFF_FFFF).isConsistent)
  }

  /// Any six errors or fewer are found: no two sets of up to three look alike.
  @Test func fewErrorsAreFound() {
    let syndromes = (0..<152).map { place -> UInt32 in
      if place >= 128 { return 1 << UInt32(151 - place) }
      let high: UInt64 = place < 64 ? 1 << UInt64(63 - place) : 0
      let low: UInt64 = place < 64 ? 0 : 1 << UInt64(127 - place)
      return CRC24.checksum(high: high, low: low) ^ CRC24.checksum(high: 0, low: 0)
    }
    let pairs = Set((0..<152).flatMap { i in (0..<i).map { syndromes[i] ^ syndromes[$0] } })
    #expect(pairs.count == 152 * 151 / 2, "two pairs of errors look alike: distance below 5")
    #expect(!pairs.contains(0))
    #expect(pairs.isDisjoint(with: syndromes), "three errors go unseen")
    var triples = Set<UInt32>()
    for i in 0..<152 {
      for j in 0..<i {
        for k in 0..<j { triples.insert(syndromes[i] ^ syndromes[j] ^ syndromes[k]) }
      }
    }
    #expect(triples.count == 152 * 151 * 150 / 6, "two triples look alike: distance below 7")
    #expect(triples.isDisjoint(with: pairs), "five errors go unseen")
    #expect(triples.isDisjoint(with: syndromes), "four errors go unseen")
  }
}
