import Glibc
package import MarkKeys

/// Reads the marks of a key in a film, frame by frame, in memory that does not grow.
///
/// Frames are whitened and added up over half seconds. After 2, 5, 10 and 20 seconds, and at the
/// end, what was gathered is read; when a message is certain, or after 20 seconds, it begins anew.
/// Beside that the film can be compared with the copies that were delivered.
package final class FilmDetector {
  /// Numbers of groups at which it is read.
  private static let readings = [4, 10, 20, 40]
  /// Samples of a group's shorter side, at least, for which the plain alignment is read.
  private static let leastSide: Float = 32
  /// Alignments that are read at a time, at most: those of the search and the two ways round of the
  /// plain one.
  private static let mostAlignments = FilmSearch.limit + 2

  let detector: ImageDetector
  private let origins: FilmOrigins
  private let frames: FilmGroups
  private let tracer: FilmTracer?
  /// From samples of groups to canonical ones where the frames have the size that was marked; nil for
  /// frames too small to be looked at.
  private let plainMap: Matrix?
  /// Reads A/B segments, if they are looked for.
  private let segments: SegmentReader?

  private var groups: [FloatMap] = []
  private var begin = 0.0
  /// How often it was read.
  private var tries = 0
  /// The copies that the film was certainly made of, the clearest first; complete once it is over.
  package private(set) var accusations: [ImageAccusation] = []

  /// - Parameters:
  ///   - key: whose marks are looked for.
  ///   - threshold: a message is reported when the bound on its being chance is at most this; a copy
  ///     at half of it.
  ///   - candidates: the messages of copies that the film is compared with.
  ///   - width: samples of a line of luma.
  ///   - height: lines.
  ///   - framesPerSecond: 0.1...1000.
  ///   - segments: reads A/B segments of the same key beside, in the same search; what it has read
  ///     is there when the film is over. Messages are not looked for where it finds segments.
  package init(
    key: MarkKey, threshold: Double = 1e-6, candidates: [ImageMessage] = [], width: Int,
    height: Int, framesPerSecond: Double, segments: SegmentReader? = nil
  ) {
    self.segments = segments
    detector = ImageDetector(key: key, threshold: threshold)
    origins = FilmOrigins(key: key)
    frames = FilmGroups(width: width, height: height, framesPerSecond: framesPerSecond)
    let period = Float(FilmMarker.period(width: width, height: height)) * frames.reduction
    let scale = Float(ImageTile.side) / period
    plainMap =
      Float(min(width, height)) * frames.reduction < Self.leastSide
      ? nil : Matrix(a: scale, b: 0, c: 0, d: scale)
    tracer =
      candidates.isEmpty
      ? nil
      : FilmTracer(
        candidates, detector: ImageDetector(key: key, threshold: threshold / 2), origins: origins,
        guess: frames.guess, reduction: frames.reduction)
  }

  /// Looks at the next frame.
  ///
  /// - Parameter load: writes the luma, `width` x `height` samples row by row, on the scale 0...255;
  ///   not called for frames that are passed over.
  /// - Returns: what was read when this frame came, if anything.
  package func add(_ load: (UnsafeMutableBufferPointer<Float>) -> Void) -> FilmReading? {
    let time = frames.time
    guard let group = frames.add(load) else { return nil }
    take(group, until: time)
    guard let place = Self.readings.firstIndex(of: groups.count) else { return nil }
    let reading = read(until: time)
    if reading != nil || place == Self.readings.count - 1 {
      groups = []
      begin = time
    }
    return reading
  }

  /// The film is over.
  ///
  /// - Returns: what was read of its last part, if anything.
  package func finish() -> FilmReading? {
    if let group = frames.finish() { take(group, until: frames.time) }
    if let tracer { accusations = tracer.finish() }
    defer { groups = [] }
    let reading = groups.isEmpty ? nil : read(until: frames.time)
    segments?.finish()
    return reading
  }

  private func take(_ group: FloatMap, until time: Double) {
    tracer?.take(group)
    if segments?.follow(group, from: frames.start, to: time) == true {
      groups = []
      begin = time
    } else {
      groups.append(group)
    }
  }

  /// The search in what is gathered.
  func search() -> FilmSearch {
    FilmSearch(
      groups, lattice: detector.lattice, origins: origins, guess: frames.guess,
      reduction: frames.reduction)
  }

  private func read(until end: Double) -> FilmReading? {
    let search = search()
    let reader = MessageReader(detector.codes)
    var reading: FilmReading?
    // The k-th time has 1 / k (k + 1) of the chance, so that all times together have no more than one.
    tries += 1
    let attempts = 2 * Self.mostAlignments * tries * (tries + 1)
    let times = groups.indices.map { begin + Double($0) * FilmGroups.seconds } + [end]
    func isRead(_ alignment: FilmSearch.Alignment) -> Bool {
      let geometry = search.geometry(alignment)
      if let found = reader.read(
        search.chips(alignment.fit), threshold: detector.threshold, attempts: attempts)
      {
        reading = FilmReading(
          reading: ImageReading(
            message: found.message, score: found.score, logBound: found.logBound,
            geometry: geometry),
          start: begin, end: end)
        return true
      }
      return segments?.claim(alignment, geometry, times: times) == true
    }
    // Copies of the size that was marked need no search, and are found where it would find nothing.
    let isOver =
      plainMap.map { !search.alignments($0) { !isRead($0) } } == true
      || segments?.claimKnown() == true
      || !search.alignments { !isRead($0) } || segments?.claimKnown() == true
    if isOver, reading == nil {
      groups = []
      begin = end
    }
    return reading
  }
}
