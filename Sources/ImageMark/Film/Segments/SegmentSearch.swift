import CommandLineSupport
import Glibc
import MarkCode

/// Looks for the segments of known titles, without decoding: runs of segments in their order.
///
/// Windows of four groups are compared with the code words of all segments, and the windows of a run
/// of neighbouring segments count together, so that segments are found none of which could be read
/// for itself.
///
/// To a film without a mark of the key the signs on the chips are fair coins, the same in all windows:
/// what all windows of a run say together at one position of the code is turned by one coin. To a film
/// with other segments of the key the code words are 88 fair coins each, and the moments of a run are
/// the product of theirs. The larger one of both Chernoff bounds counts, times all runs, shares by
/// what they cost, and k (k + 1) for the k-th try of a film.
final class SegmentSearch {
  /// Groups that are read together.
  private static let window = 4
  /// Moves that are tried in a window, those that fit the template best.
  private static let moves = 3
  /// Segments that are compared at a time, at most.
  private static let mostPlaces = SegmentTitle.mostSegments

  private let signs: OutputSigns
  private let lists: [SegmentWords]
  private let codebook: SegmentCodebook
  private let threshold: Double
  /// How often it was tried in this film.
  private var tries = 0

  /// - Parameters:
  ///   - code: of the segments of a key.
  ///   - titles: that are looked for.
  ///   - codebook: of the same code.
  ///   - threshold: segments are certain when the bound on their being chance is at most this.
  init(
    code: ImageCode, titles: [SegmentTitle], codebook: SegmentCodebook, threshold: Double
  ) {
    self.codebook = codebook
    self.threshold = threshold
    signs = OutputSigns(code.code)
    var parts: [[SegmentTitle]] = []
    for title in titles {
      let known = parts.last?.reduce(0) { $0 + $1.segmentCount } ?? Self.mostPlaces
      if known + title.segmentCount > Self.mostPlaces {
        parts.append([title])
      } else {
        parts[parts.count - 1].append(title)
      }
    }
    lists = parts.map { SegmentWords($0, code: code) }
  }

  /// The segments that are in some groups beyond doubt, if any.
  ///
  /// - Parameters:
  ///   - groups: in their order.
  ///   - range: which of them are looked at.
  ///   - certain: titles of which it is certain that they are in the film; the bounds of their segments
  ///     are not worked out, and are those of nothing.
  /// - Returns: the clearest run of segments, in the order of the groups; empty for none.
  func find(
    in groups: [MoveStatistics], _ range: Range<Int>, certain: Set<UInt64>
  ) -> [SegmentAnchors.Anchor] {
    let count = min(Self.window, range.count)
    guard count > 0 else { return [] }
    tries += 1
    let windows = (range.lowerBound...range.upperBound - count).map { first in
      SegmentWindow(groups, first..<first + count, moves: Self.moves)
    }
    var best: [SegmentAnchors.Anchor] = []
    for list in lists {
      let results = ParallelResults<SegmentWindowFits>(count: windows.count)
      inParallel(windows.count) { [signs] number in
        results.set(number) { SegmentWindowFits(windows[number], list, signs) }
      }
      // Nothing in the pieces throws.
      let fits = (try? results.values()) ?? []
      for direction in [1, -1] {
        let run = SegmentRunSearch(fits, list, direction).best.clearest
        let found = anchors(run, list, windows, certain)
        if let bound = found.first?.logBound, bound < best.first?.logBound ?? 0.5 { best = found }
      }
    }
    return best
  }

  /// The segments of a run, if they are certain.
  private func anchors(
    _ run: SegmentRun, _ list: SegmentWords, _ windows: [SegmentWindow], _ certain: Set<UInt64>
  ) -> [SegmentAnchors.Anchor] {
    guard let first = run.links.first else { return [] }
    let agreement = run.agreement(windows) { link in
      codebook.signs(list.places[link.place])[link.choice % 2]
    }
    let sum = agreement.reduce(0.0) { $0 + Double($1) }
    let places = lists.reduce(0) { $0 + $1.places.count }
    let trials =
      run.cost + log(2 * Double(places) * Double(windows.count))
      + log(Double(tries)) + log(Double(tries + 1))
    let chance = agreement.withUnsafeBufferPointer {
      FalsePositiveBound.logarithm(soft: $0, correlation: sum)
    }
    guard chance + trials <= log(threshold) else { return [] }
    var bound = 0.0
    if !certain.contains(list.places[first.place].titleTag) {
      bound = max(chance, otherSegments(run, windows, agreement, sum)) + trials
      guard bound <= log(threshold) else { return [] }
    }
    let total = agreement.reduce(0.0) { $0 + Double(abs($1)) }
    return run.links.map { link in
      let place = list.places[link.place]
      return SegmentAnchors.Anchor(
        segment: FilmSegment(
          titleTag: place.titleTag, number: place.number,
          variant: FilmVariant.allCases[link.choice % 2]),
        group: windows[link.window].groups.lowerBound, count: windows[link.window].groups.count,
        logBound: bound, score: sum / total)
    }
  }

  /// Natural logarithm of the bound for a run in a film that has other segments of the key.
  private func otherSegments(
    _ run: SegmentRun, _ windows: [SegmentWindow], _ agreement: [Float], _ sum: Double
  ) -> Double {
    let squares = agreement.reduce(0.0) { $0 + Double($1) * Double($1) }
    let t = sum / squares
    return run.links.reduce(-t * sum) { logarithm, link in
      let soft = windows[link.window].moves[link.choice / 2].soft
      return logarithm + SegmentRingMoment.logarithm(soft, t: Float(t), signs)
    }
  }
}
