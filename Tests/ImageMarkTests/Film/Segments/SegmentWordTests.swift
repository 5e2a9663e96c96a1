import Glibc
import MarkCode
import MarkKeys
import Testing
import _TestSupport

@testable import ImageMark

/// Code words of known segments: their correlations, and what chance gives.
@Suite struct SegmentWordTests {
  private static let code = ImageCode(
    segmentsOf: .numbered(1), carriers: CarrierLattice(key: .numbered(1)).carriers.count)
  private static let signs = OutputSigns(code.code)

  private func soft(_ random: inout SeededGenerator) -> [Float] {
    (0..<Self.code.code.codedBits).map { _ in Float(random.next() % 2001) / 1000 - 1 }
  }

  @Test func tablesGiveTheCorrelationsOfAllSegments() {
    var random = SeededGenerator(seed: 11)
    let titles = [
      SegmentTitle(title: "sea", segmentCount: 40), SegmentTitle(title: "sky", segmentCount: 3),
    ]
    let words = SegmentWords(titles, code: Self.code)
    #expect(words.places.map(\.number) == Array(0..<40) + [0, 1, 2])
    #expect(words.follows.indices.filter { !words.follows[$0] } == [0, 40])
    let book = SegmentCodebook(code: Self.code)
    for _ in 0..<3 {
      let soft = soft(&random)
      let table = SegmentWordTable(soft, Self.signs)
      for (place, segment) in words.places.enumerated() {
        for (variant, signs) in book.signs(segment).enumerated() {
          let sum = zip(soft, signs).reduce(Float(0)) { $0 + $1.0 * $1.1 }
          var found: Float = 0
          table.withValues { found = SegmentWordTable.correlation($0, words.bits(place, variant)) }
          #expect(abs(sum - found) < 1e-3, "\(place) \(variant)")
        }
      }
    }
  }

  /// Positions of one time depend on eleven bits, so their moment can be added up by hand, on the
  /// seam of the ring as elsewhere; signs that do not depend on each other are fair coins.
  @Test func momentsAreThoseOfAllCodeWords() {
    let code = Self.code.code
    var random = SeededGenerator(seed: 12)
    for time in [0, 5, 40, 87] {
      let index = (0..<code.times).first { code.time(ofPosition: $0) == time } ?? 0
      var soft = [Float](repeating: 0, count: code.codedBits)
      let values = (0..<code.outputs).map { _ in Float(random.next() % 2001) / 1000 - 1 }
      for output in 0..<code.outputs { soft[output * code.times + index] = values[output] }
      var mean = 0.0
      for register in 0..<UInt32(2048) {
        var sum = 0.0
        for output in 0..<code.outputs {
          let parity = (register & code.polynomials[output]).nonzeroBitCount & 1
          sum += Double(values[output]) * (parity == 0 ? 1 : -1)
        }
        mean += exp(2 * sum) / 2048
      }
      let found = SegmentRingMoment.logarithm(soft, t: 2, Self.signs)
      #expect(abs(found - log(mean)) < 1e-3, "\(time): \(found) \(log(mean))")
    }
    // What is written at both ends of the ring comes from the same bits.
    let bits = Self.code.information(FilmSegment(title: "sea", number: 7, variant: .b))
    var word = [Int8](repeating: 0, count: code.codedBits)
    word.withUnsafeMutableBufferPointer { code.encode(bits, into: $0) }
    let found = SegmentRingMoment.logarithm(word.map { Float($0) }, t: 4, Self.signs)
    // One word of 2^88 agrees everywhere, and is all that counts.
    #expect(abs(found - (4 * Double(code.codedBits) - 88 * log(2.0))) < 1e-2)
  }

  /// Against noise, code words are worth no more than as many coins.
  @Test func momentsOfNoiseAreThoseOfCoins() {
    var random = SeededGenerator(seed: 13)
    var soft = soft(&random)
    let size = soft.reduce(Float(0)) { $0 + $1 * $1 }.squareRoot()
    for place in soft.indices { soft[place] /= size }
    for t: Float in [2, 4, 6] {
      let coins = soft.reduce(0.0) { $0 + log(cosh(Double(t * $1))) }
      #expect(abs(SegmentRingMoment.logarithm(soft, t: t, Self.signs) - coins) < 0.5, "\(t)")
    }
  }
}
