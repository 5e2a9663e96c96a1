import MarkCode

/// The bits that are coded for all segments of some titles, both variants.
struct SegmentWords: Sendable {
  /// The segments of all titles, one title after the other.
  let places: [SegmentCodebook.Place]
  /// For each place, whether it comes in its title after the place before.
  let follows: [Bool]
  /// For each place, the bits of A and those of B.
  private let bits: [SIMD2<UInt64>]

  /// - Parameters:
  ///   - titles: whose segments.
  ///   - code: of the segments of a key.
  init(_ titles: [SegmentTitle], code: ImageCode) {
    places = titles.flatMap { title in
      (0..<title.segmentCount).map { .init(titleTag: title.titleTag, number: $0) }
    }
    follows = places.map { $0.number > 0 }
    bits = places.flatMap { place in
      FilmVariant.allCases.map { variant in
        let segment = FilmSegment(
          titleTag: place.titleTag, number: place.number, variant: variant)
        return Self.ring(code.information(segment))
      }
    }
  }

  /// The bits of a place in a variant, as `SegmentWordTable` takes them.
  @inline(__always)
  func bits(_ place: Int, _ variant: Int) -> SIMD2<UInt64> { bits[2 * place + variant] }

  /// 88 bits in the order in which they enter the encoder, the last ten in front of them once more:
  /// the first 64 of these 98, and the last 64.
  private static func ring(_ information: Information) -> SIMD2<UInt64> {
    var words = SIMD2<UInt64>.zero
    for place in 0..<98 {
      let bit = UInt64(information[(place + 78) % 88])
      if place < 64 { words[0] |= bit << UInt64(63 - place) }
      if place >= 34 { words[1] |= bit << UInt64(97 - place) }
    }
    return words
  }
}
