import Glibc
import MarkCode

/// Compares a film with the copies that were delivered, in memory that does not grow.
///
/// The film is cut into parts of ten seconds. In each the ways its tiles may lie are looked for, in
/// the spectra of all parts so far, and compared with the copies. Ways that were found are followed:
/// the parts are added up along them, and the sums are compared with the copies as well.
final class FilmTracer {
  /// A way the tiles lie that was found in one part at least.
  private struct Track {
    let matrix: Matrix
    let isTurned: Bool
    /// All parts, their tiles moved to one place.
    var blocks: TileBlocks
    /// Where the tiles lie in it.
    var fit: TileAlignment
    var parts = 1
  }

  /// Half seconds of a part.
  private static let partLength = 20
  /// Tracks that are followed.
  private static let trackLimit = 3
  /// A fit to the template that may begin a track.
  private static let beginScore: Float = 5.5
  /// A track that fits the template this well leaves no need to look for others.
  private static let certainScore: Float = 10
  /// Alignments that are compared at a time, at most.
  private static let limit = FilmSearch.limit + 2 * trackLimit

  private let candidates: [ImageMessage]
  private let detector: ImageDetector
  private let origins: FilmOrigins
  private let guess: Float
  private let reduction: Float

  private var groups: [FloatMap] = []
  private var spectrum: PictureSpectrum?
  private var tracks: [Track] = []
  private var parts = 0
  /// How often alignments were compared with the copies.
  private var comparisons = 0
  private var accusations: [ImageMessage: ImageAccusation] = [:]

  /// - Parameters:
  ///   - candidates: the messages of all copies that come into question.
  ///   - detector: of the key and threshold.
  ///   - origins: of the key.
  ///   - guess: the supposed side of tiles, samples.
  ///   - reduction: the size of the groups over that of the frames.
  init(
    _ candidates: [ImageMessage], detector: ImageDetector, origins: FilmOrigins, guess: Float,
    reduction: Float
  ) {
    self.candidates = candidates
    self.detector = detector
    self.origins = origins
    self.guess = guess
    self.reduction = reduction
  }

  /// Takes the next half second.
  func take(_ group: FloatMap) {
    groups.append(group)
    if groups.count == Self.partLength { endPart() }
  }

  /// The film is over.
  ///
  /// - Returns: the copies that were certainly used, the clearest first; none when nothing is certain.
  func finish() -> [ImageAccusation] {
    if !groups.isEmpty { endPart() }
    compareTracks()
    return accusations.values.sorted { $0.logBound < $1.logBound }
  }

  private func endPart() {
    let search = FilmSearch(
      groups, lattice: detector.lattice, origins: origins, guess: guess, reduction: reduction)
    defer { groups = [] }
    guard let added = search.spectrum() else { return }
    if let spectrum { spectrum.add(added) } else { spectrum = added }
    var found: [FilmSearch.Alignment] = []
    for index in tracks.indices {
      _ = search.alignments(tracks[index].matrix) { alignment in
        found.append(alignment)
        if alignment.isTurned == tracks[index].isTurned { follow(index, alignment.fit, search) }
        return true
      }
    }
    tracks.sort { $0.fit.score > $1.fit.score }
    if let spectrum, tracks.first.map({ $0.fit.score < Self.certainScore }) ?? true {
      _ = search.alignments(spectrum, besides: tracks.map(\.matrix)) { alignment in
        found.append(alignment)
        begin(alignment)
        return true
      }
    }
    compare(found.map { (search.chips($0.fit), search.geometry($0)) })
    parts += 1
    // Sums are compared less and less often, since every time has its share of the chance.
    if parts > 1, parts & (parts - 1) == 0 { compareTracks() }
  }

  /// Adds a part to a track.
  private func follow(_ index: Int, _ part: TileAlignment, _ search: FilmSearch) {
    tracks[index].blocks.add(part.blocks, movedBy: part.warp.shift)
    var fit = search.alignment(of: tracks[index].blocks, along: tracks[index].fit.warp)
    fit.climb(from: 1, withPerspective: true)
    tracks[index].fit = fit
    tracks[index].parts += 1
  }

  /// Makes a track of an alignment, if it is better than the worst there is.
  private func begin(_ alignment: FilmSearch.Alignment) {
    guard alignment.fit.score >= Self.beginScore else { return }
    if tracks.count == Self.trackLimit {
      guard let last = tracks.last, last.fit.score < alignment.fit.score else { return }
      tracks.removeLast()
    }
    var blocks = alignment.fit.blocks.emptied()
    blocks.add(alignment.fit.blocks, movedBy: alignment.fit.warp.shift)
    tracks.append(
      Track(
        matrix: alignment.matrix, isTurned: alignment.isTurned, blocks: blocks, fit: alignment.fit))
    tracks.sort { $0.fit.score > $1.fit.score }
  }

  /// Compares what was added up along tracks with the copies.
  private func compareTracks() {
    let search = FilmSearch(
      [], lattice: detector.lattice, origins: origins, guess: guess, reduction: reduction)
    compare(
      tracks.filter { $0.parts > 1 }.map { track in
        (search.chips(track.fit), search.geometry(track.matrix, isTurned: track.isTurned))
      })
  }

  /// Accuses the copies that fit beyond doubt.
  private func compare(_ alignments: [(chips: [Float], geometry: ImageGeometry)]) {
    guard !alignments.isEmpty else { return }
    // The k-th time has 1 / k (k + 1) of the chance, shared by all copies and alignments.
    comparisons += 1
    let trials =
      log(Double(candidates.count * Self.limit)) + log(Double(comparisons))
      + log(Double(comparisons + 1))
    for code in detector.codes {
      let scoring = CandidateScoring(code: code, chips: alignments.map(\.chips))
      let messages = candidates.filter { $0.bitCount == code.code.messageBits }
      for evidence in scoring.evidence(messages)
      where evidence.logBound + trials <= log(detector.threshold) {
        let accusation = ImageAccusation(
          message: evidence.message, logRatio: evidence.z * evidence.z / 2,
          logBound: evidence.logBound + trials, score: evidence.score,
          geometry: alignments[evidence.alignment].geometry)
        let known = accusations[evidence.message]?.logBound ?? 0
        if accusation.logBound < known { accusations[evidence.message] = accusation }
      }
    }
  }
}
