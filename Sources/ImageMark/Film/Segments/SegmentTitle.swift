/// A title whose segments are known beforehand: it was published with the key.
package struct SegmentTitle: Sendable, Equatable {
  /// The most segments that are looked for, nine hours of them.
  package static let mostSegments = 16_384

  /// The title's tag, 40 bits.
  package let titleTag: UInt64
  /// How many segments it has, 1...`mostSegments`.
  package let segmentCount: Int

  /// - Parameters:
  ///   - title: the handle of the content.
  ///   - segmentCount: how many segments it has, at least 1; those beyond `mostSegments` are not
  ///     looked for.
  package init(title: String, segmentCount: Int) {
    titleTag = FilmSegment.tag(of: title)
    self.segmentCount = min(max(segmentCount, 1), Self.mostSegments)
  }
}
