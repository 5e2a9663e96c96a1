import Glibc
package import MarkKeys

/// Reads the A/B segments of a film, half second by half second, in memory that does not grow but
/// for the results.
///
/// `FilmDetector` hands it the ways the tiles may lie. Once segments were read under one of them it
/// follows the film that way, without any search: groups are taken into the tiles' coordinates and
/// gathered; every forty seconds some segments are read blind where none are known, and all groups
/// are compared with the code words of the segments around (`SegmentPath`).
package final class SegmentReader {
  /// Groups that are gathered.
  private static let batch = 80
  /// Groups at the end of a batch that wait for the next one, and some before them it is given.
  private static let waiting = 12
  private static let context = 8
  /// Segments that are compared, at most.
  private static let mostPlaces = 200
  /// Alignments that fit the template less are not tried.
  private static let leastScore: Float = 6
  /// Of those in which nothing can be read, so many are compared with known titles.
  private static let mostWays = 2
  /// Groups whose best moves fit less on average are lost; their number.
  private static let leastFit: Float = 2.4
  private static let fitCount = 8

  private let basis: SegmentBasis
  private let anchors: SegmentAnchors
  /// Looks for segments of titles that are known beforehand.
  private let titles: SegmentSearch?
  private let codebook: SegmentCodebook
  private var pose: SegmentPose?
  private var groups: [SegmentGroup] = []
  /// The first group that has not been reported on.
  private var fresh = 0
  /// Segments that were read at groups; counted from the first one.
  private var known: [(place: SegmentCodebook.Place, group: Int)] = []
  private var fits: [Float] = []

  /// A way the tiles may lie in which no segment could be read.
  private struct Way {
    let fit: Float
    let pose: SegmentPose
    let groups: [SegmentGroup]
    let statistics: [MoveStatistics]
  }
  private var ways: [Way] = []

  /// The segments that were read, in the order of the film.
  package private(set) var readings: [SegmentReading] = []
  /// The titles that are certain.
  package private(set) var detections: [SegmentDetection] = []

  /// - Parameters:
  ///   - key: whose marks are looked for.
  ///   - threshold: a title is reported when the bound on its being chance is at most this.
  ///   - titles: those that were published with the key, as far as they are known. They are looked for
  ///     where nothing can be read without.
  package init(key: MarkKey, threshold: Double = 1e-6, titles: [SegmentTitle] = []) {
    basis = SegmentBasis(key: key)
    // Both ways have half of the chance.
    let share = titles.isEmpty ? threshold : threshold / 2
    anchors = SegmentAnchors(basis: basis, threshold: share)
    codebook = SegmentCodebook(code: basis.code)
    self.titles =
      titles.isEmpty
      ? nil
      : SegmentSearch(code: basis.code, titles: titles, codebook: codebook, threshold: share)
  }

  // MARK: Groups

  /// Takes a group if it is known how the tiles lie.
  ///
  /// - Parameters:
  ///   - map: its frames, whitened and added up.
  ///   - start: where it begins in the film, seconds.
  ///   - end: where it ends.
  /// - Returns: false where the way the tiles lie is not or no longer known, and must be looked for.
  func follow(_ map: FloatMap, from start: Double, to end: Double) -> Bool {
    guard var pose else { return false }
    let blocks = pose.blocks(map)
    let group = SegmentGroup(start: start, end: end, coefficients: pose.coefficients(blocks))
    groups.append(group)
    let moves = basis.fits(basis.template(group.coefficients))
    let best = moves.indices.max { moves[$0] < moves[$1] } ?? 0
    pose.follow(blocks, movedBy: basis.origins.moves[best])
    self.pose = pose
    fits.append(moves[best])
    if fits.count > Self.fitCount { fits.removeFirst() }
    var isClear = isClear
    if !isClear, groups.count % 4 == 0 {
      rebase()
      isClear = self.isClear
    }
    if groups.count >= Self.batch { process(isLast: false) }
    return isClear
  }

  private var isClear: Bool {
    fits.count < Self.fitCount || fits.reduce(0, +) >= Self.leastFit * Float(fits.count)
  }

  /// Tries a way the tiles may lie.
  ///
  /// - Parameters:
  ///   - alignment: found in some groups.
  ///   - geometry: how the frames lie by it.
  ///   - times: where these begin, and where the last one ends, seconds.
  /// - Returns: whether segments were read; the groups are taken then.
  func claim(
    _ alignment: FilmSearch.Alignment, _ geometry: ImageGeometry, times: [Double]
  ) -> Bool {
    guard alignment.fit.score >= Self.leastScore else { return false }
    let pose = SegmentPose(alignment, geometry, basis: basis)
    let groups = zip(alignment.blocks, zip(times, times.dropFirst())).map { blocks, span in
      SegmentGroup(start: span.0, end: span.1, coefficients: pose.coefficients(blocks))
    }
    let statistics = groups.map { MoveStatistics($0, basis: basis) }
    let found = anchors.find(in: statistics, 0..<groups.count)
    let way = Way(
      fit: alignment.fit.score, pose: pose, groups: groups, statistics: statistics)
    if found.isEmpty {
      guard titles != nil else { return false }
      ways.append(way)
      ways.sort { $0.fit > $1.fit }
      if ways.count > Self.mostWays { ways.removeLast() }
      return false
    }
    return take(way, found)
  }

  /// Looks for the segments of known titles in those ways that fit best of all that were tried since
  /// it did so last.
  ///
  /// - Returns: whether segments were found; the groups are taken then.
  func claimKnown() -> Bool {
    defer { ways = [] }
    for way in ways {
      if let found = titles?.find(in: way.statistics, 0..<way.groups.count, certain: certain),
        take(way, found)
      {
        return true
      }
    }
    return false
  }

  /// Follows the film in a way in which segments were found.
  private func take(_ way: Way, _ found: [SegmentAnchors.Anchor]) -> Bool {
    guard !found.isEmpty, let start = way.groups.first?.start else { return false }
    // What was followed in the wrong way in the meantime is forgotten.
    groups.removeAll { $0.start >= start }
    process(isLast: true)
    pose = way.pose
    groups = way.groups
    fresh = 0
    fits = []
    ways = []
    note(found)
    return true
  }

  /// The film is over.
  package func finish() { process(isLast: true) }

  /// The segments in some groups: those that can be read, else those of known titles.
  private func find(
    in groups: [MoveStatistics], _ range: Range<Int>
  ) -> [SegmentAnchors.Anchor] {
    let found = anchors.find(in: groups, range)
    guard found.isEmpty, let titles else { return found }
    return titles.find(in: groups, range, certain: certain)
  }

  private var certain: Set<UInt64> { Set(detections.map(\.titleTag)) }

  private func note(_ found: [SegmentAnchors.Anchor]) {
    guard let pose else { return }
    // Both ways had half of the chance.
    let ways = titles == nil ? 0 : M_LN2
    for anchor in found {
      let (segment, logBound) = (anchor.segment, anchor.logBound + ways)
      known.append(
        (.init(titleTag: segment.titleTag, number: segment.number), anchor.group))
      if let place = detections.firstIndex(where: { $0.titleTag == segment.titleTag }) {
        detections[place].logBound = min(detections[place].logBound, logBound)
        detections[place].score = max(detections[place].score, anchor.score)
      } else {
        detections.append(
          SegmentDetection(
            titleTag: segment.titleTag, geometry: pose.geometry, logBound: logBound,
            score: anchor.score))
      }
    }
  }

  /// Finds the place of the tile that fits all groups best, now that there are more of them.
  private func rebase() {
    let side = ImageTile.side
    let area = side * side
    let sum = FloatMap(width: side, height: side)
    sum.values.update(repeating: 0, count: area)
    let transform = basis.transform
    for group in groups.suffix(40) {
      transform.complex.update(repeating: .zero, count: side * transform.half)
      for (point, value) in zip(basis.lattice.template, basis.template(group.coefficients)) {
        transform.complex[(point.v + side) % side * transform.half + point.u] = value
      }
      transform.inverse()
      for y in 0..<side {
        let out = sum.row(y)
        for x in 0..<side {
          var best = -Float.infinity
          for move in basis.origins.moves {
            let place = (y + Int(move.y)) % side * side + (x + Int(move.x)) % side
            best = max(best, transform.real[place])
          }
          out[x] += best
        }
      }
    }
    var top = 0
    for i in 1..<area where sum.values[i] > sum.values[top] { top = i }
    guard sum.values[top] > 1.15 * sum.values[0] else { return }
    let shift = SIMD2(Float(top % side), Float(top / side))
    let step = 2 * Float.pi / Float(side)
    let turns = CarrierLattice.points.map { point in
      let angle = step * (Float(point.u) * shift.x + Float(point.v) * shift.y)
      return SIMD2(cos(angle), sin(angle))
    }
    for number in groups.indices {
      for place in turns.indices {
        groups[number].coefficients[place] = SegmentBasis.times(
          groups[number].coefficients[place], turns[place])
      }
    }
    pose?.move(by: shift)
    fits = []
  }

  // MARK: Batches

  /// Reads what was gathered, and keeps what is to be read with what comes.
  private func process(isLast: Bool) {
    defer {
      if isLast {
        groups = []
        known = []
        fresh = 0
      }
    }
    guard !groups.isEmpty, pose != nil else { return }
    if groups.count >= Self.context { rebase() }
    let statistics = groups.map { MoveStatistics($0, basis: basis) }
    var visits = SegmentPath(places, statistics, codebook: codebook).visits()
    let found = unexplained(visits).flatMap { find(in: statistics, $0) }
    if !found.isEmpty {
      note(found)
      visits = SegmentPath(places, statistics, codebook: codebook).visits()
    }
    var kept = isLast ? groups.count : groups.count - Self.waiting
    for visit in visits where visit.groups.upperBound > fresh {
      if !isLast, visit.groups.upperBound > groups.count - Self.waiting {
        // A picture that stands still does not stop everything.
        kept = max(min(kept, visit.groups.lowerBound), groups.count - 3 * Self.batch / 4)
        break
      }
      if visit.groups.lowerBound < fresh { continue }
      readings.append(
        SegmentReading(
          titleTag: visit.place.titleTag, number: visit.place.number, logRatio: visit.logRatio,
          span: groups[visit.groups.lowerBound].start...groups[visit.groups.upperBound - 1].end))
    }
    if isLast { return }
    let gone = max(kept - Self.context, 0)
    known = visits.filter { $0.groups.lowerBound >= gone }.map {
      ($0.place, $0.groups.lowerBound - gone)
    }
    groups.removeFirst(gone)
    fresh = kept - gone
  }

  /// The groups of no visit, where there are several in a row.
  private func unexplained(_ visits: [SegmentPath.Visit]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var end = 0
    for visit in visits {
      ranges.append(end..<max(end, visit.groups.lowerBound))
      end = visit.groups.upperBound
    }
    ranges.append(end..<max(end, groups.count))
    return ranges.filter { $0.count >= min(3, groups.count) }
  }

  /// The segments that may be in the groups, by those that were read in them.
  private var places: [SegmentCodebook.Place] {
    var places: Set<SegmentCodebook.Place> = []
    for (place, group) in known {
      let reach = (max(group, groups.count - group) * 5 + 15) / 16 + 2
      for number in max(0, place.number - reach)...place.number + reach
      where number >> FilmSegment.numberBits == 0 {
        places.insert(.init(titleTag: place.titleTag, number: number))
      }
      if places.count > Self.mostPlaces { break }
    }
    return places.sorted { ($0.titleTag, $0.number) < ($1.titleTag, $1.number) }
  }
}
