import Distribution
import ImageMark
import LeakTracing
import Ledger
import Masters

extension LedgerTrace {
  /// Films whose length is not known are taken to have two hours.
  private static let usualSegments = 3600
  /// With more segments than these in question, those of 64 films of two hours, none is looked for.
  private static let mostSegments = 64 * usualSegments

  /// The titles that are films or may be, and how many segments they have.
  ///
  /// A master at hand tells both. Variants are compared alike, whoever was given which.
  var films: [SegmentTitle] {
    let titles = register.contents.compactMap { content -> SegmentTitle? in
      guard wanted.isEmpty || wanted.contains(content) else { return nil }
      var count = Self.usualSegments
      if let files = store.flatMap({ try? MasterFiles(path: $0.folder(of: content)) }) {
        guard files.outline.kind == .film else { return nil }
        if let film = try? FilmMaster(files) { count = film.index.segments.count }
      }
      return SegmentTitle(title: content.description, segmentCount: count)
    }
    return titles.reduce(0) { $0 + $1.segmentCount } <= Self.mostSegments ? titles : []
  }
}
