import MarkKeys

/// The code words of segments that come into question, made when they are asked for.
final class SegmentCodebook {
  /// A segment, whichever variant.
  struct Place: Hashable {
    let titleTag: UInt64
    let number: Int
  }

  /// Segments that are kept, at most.
  private static let most = 1024

  private let code: ImageCode
  private var known: [Place: [[Float]]] = [:]

  init(code: ImageCode) { self.code = code }

  /// The signs of both variants by position.
  func signs(_ place: Place) -> [[Float]] {
    if let signs = known[place] { return signs }
    if known.count >= Self.most { known = [:] }
    let signs = FilmVariant.allCases.map { variant in
      let segment = FilmSegment(
        titleTag: place.titleTag, number: place.number, variant: variant)
      return code.signs(.short(ShortMessage(bits: segment.value))).map { Float($0) }
    }
    known[place] = signs
    return signs
  }
}
