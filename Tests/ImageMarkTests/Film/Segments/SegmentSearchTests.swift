import MarkKeys
import Testing
import _TestSupport

@testable import ImageMark

/// Segments of known titles are found together where none can be read for itself.
@Suite struct SegmentSearchTests {
  private let basis = SegmentBasis(key: .numbered(1))
  private static let numbers = Array(20..<28)
  private static let bits = [false, true, true, false, true, false, false, true]

  private func search(_ titles: [SegmentTitle]) -> SegmentSearch {
    let code = basis.code
    return SegmentSearch(
      code: code, titles: titles, codebook: SegmentCodebook(code: code), threshold: 1e-6)
  }

  private func title(_ name: String) -> SegmentTitle {
    SegmentTitle(title: name, segmentCount: 400)
  }

  /// The waves of segments in noise, four groups each, as if a film had been seen.
  private func groups(strength: Float, seed: UInt64) -> [MoveStatistics] {
    var random = SeededGenerator(seed: seed)
    func noise() -> Float {
      (0..<12).reduce(Float(-6)) { sum, _ in sum + Float(random.next() % 4096) / 4096 }
    }

    return zip(Self.numbers, Self.bits).flatMap { number, bit in
      let segment = FilmSegment(title: "sea", number: number, variant: bit ? .b : .a)
      let waves = TileWaves(lattice: basis.lattice, chips: basis.code.chips(segment))
        .coefficients()
      let turns = basis.turns[number % MoveStatistics.moves]
      return (0..<4).map { _ in
        let coefficients = CarrierLattice.points.enumerated().map { place, point in
          let back = SIMD2(turns[place].x, -turns[place].y)
          return CarrierLattice.amplitude(radius: point.radius) * SIMD2(noise(), noise())
            + strength * SegmentBasis.times(waves[place], back)
        }
        return MoveStatistics(
          SegmentGroup(start: 0, end: 0, coefficients: coefficients), basis: basis)
      }
    }
  }

  @Test func runsOfSegmentsAreFound() {
    for seed: UInt64 in 1...3 {
      let groups = groups(strength: 0.06, seed: seed)
      let anchors = SegmentAnchors(basis: basis, threshold: 1e-6)
      #expect(anchors.find(in: groups, 0..<groups.count).isEmpty, "\(seed)")
      let search = search([title("sky"), title("sea"), title("air")])
      let all = search.find(in: groups, 0..<groups.count, certain: [])
      #expect(all.count >= 6, "\(seed): \(all)")
      for anchor in all {
        #expect(anchor.segment.titleTag == FilmSegment.tag(of: "sea") && anchor.logBound < -13.8)
        let place = anchor.segment.number - Self.numbers[0]
        #expect(abs(anchor.group - 4 * place) <= 1, "\(seed): \(anchor)")
        #expect((anchor.segment.variant == .b) == Self.bits[place], "\(seed): \(anchor)")
      }
      let back = search.find(in: groups.reversed(), 0..<groups.count, certain: [])
      #expect(back.count >= 6 && back[0].segment.number > back[1].segment.number, "\(seed)")
      // Two segments alone, where the film was cut out of.
      #expect(search.find(in: groups, 8..<14, certain: []).count <= 2)
    }
  }

  @Test func nothingElseIsFound() {
    for seed: UInt64 in 10..<20 {
      let noise = groups(strength: 0, seed: seed)
      #expect(search([title("sea")]).find(in: noise, 0..<32, certain: []).isEmpty, "\(seed)")
    }
    // Segments of the key that are plain to read, of a title that is not among those.
    for strength: Float in [0.06, 0.3, 3] {
      let groups = groups(strength: strength, seed: 5)
      let search = search([title("sky"), title("air")])
      #expect(search.find(in: groups, 0..<32, certain: []).isEmpty, "\(strength)")
    }
    #expect(search([title("sea")]).find(in: [], 0..<0, certain: []).isEmpty)
  }
}
