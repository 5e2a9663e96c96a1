import Glibc
package import MarkKeys

/// Reads the marks of a key in a film, frame by frame, in memory that does not grow.
///
/// Frames are whitened and added up over half seconds. After 2, 5, 10 and 20 seconds, and at the
/// end, what was gathered is read; when a message is certain, or after 20 seconds, it begins anew.
package final class FilmDetector {
  /// Samples of the frames that are worked on, at most.
  private static let workSize: Float = 600_000
  private static let longestSide: Float = 1024
  /// Seconds of a group.
  private static let groupSeconds = 0.5
  /// Frames of a group that are looked at, at most.
  private static let groupFrames = 6
  /// Numbers of groups at which it is read.
  private static let readings = [4, 10, 20, 40]

  private let detector: ImageDetector
  private let origins: FilmOrigins
  private let width: Int
  private let height: Int
  private let framesPerSecond: Double
  private let reduction: Float
  private let guess: Float
  private let luma: FloatMap
  /// Reads A/B segments, if they are looked for.
  private let segments: SegmentReader?

  private var groups: [FloatMap] = []
  private var sum: FloatMap?
  private var summed = 0
  private var frame = 0
  private var group = -1
  private var begin = 0.0
  /// How often it was read.
  private var tries = 0

  /// - Parameters:
  ///   - key: whose marks are looked for.
  ///   - threshold: a message is reported when the bound on its being chance is at most this.
  ///   - width: samples of a line of luma.
  ///   - height: lines.
  ///   - framesPerSecond: 0.1...1000.
  ///   - segments: reads A/B segments of the same key beside, in the same search; what it has read
  ///     is there when the film is over. Messages are not looked for where it finds segments.
  package init(
    key: MarkKey, threshold: Double = 1e-6, width: Int, height: Int, framesPerSecond: Double,
    segments: SegmentReader? = nil
  ) {
    self.segments = segments
    detector = ImageDetector(key: key, threshold: threshold)
    origins = FilmOrigins(key: key)
    self.width = width
    self.height = height
    self.framesPerSecond = framesPerSecond
    luma = FloatMap(width: width, height: height)
    reduction = min(
      1, (Self.workSize / Float(width * height)).squareRoot(),
      Self.longestSide / Float(max(width, height)))
    guess = min(max(Float(min(width, height)) * reduction / 4, 40), 288)
  }

  /// Looks at the next frame.
  ///
  /// - Parameter load: writes the luma, `width` x `height` samples row by row, on the scale 0...255;
  ///   not called for frames that are passed over.
  /// - Returns: what was read when this frame came, if anything.
  package func add(_ load: (UnsafeMutableBufferPointer<Float>) -> Void) -> FilmReading? {
    var reading: FilmReading?
    let time = Double(frame) / framesPerSecond
    let now = Int(time / Self.groupSeconds)
    if now != group {
      closeGroup(until: time)
      group = now
      if let place = Self.readings.firstIndex(of: groups.count) {
        reading = read(until: time)
        if reading != nil || place == Self.readings.count - 1 {
          groups = []
          begin = time
        }
      }
    }
    // Frames that are looked at lie evenly in their group.
    let position = (time / Self.groupSeconds - Double(now)) * Double(Self.groupFrames)
    if Int(position) >= summed {
      load(UnsafeMutableBufferPointer(start: luma.values, count: luma.count))
      take()
    }
    frame += 1
    return reading
  }

  /// The film is over.
  ///
  /// - Returns: what was read of its last part, if anything.
  package func finish() -> FilmReading? {
    let time = Double(frame) / framesPerSecond
    closeGroup(until: time)
    defer { groups = [] }
    let reading = groups.isEmpty ? nil : read(until: time)
    segments?.finish()
    return reading
  }

  private func take() {
    let small = reduction < 1 ? AreaReduction.reduced(luma, by: reduction) : luma
    let whitened = FrontEnd.texture.whitened(small, period: guess)
    if let sum {
      for i in 0..<sum.count { sum.values[i] += whitened.values[i] }
    } else {
      sum = whitened
    }
    summed += 1
  }

  private func closeGroup(until time: Double) {
    if let sum {
      FrontEnd.equalise(sum, sigma: guess / 12, floor: 0.1, limit: 2)
      let start = Double(group) * Self.groupSeconds
      if segments?.follow(sum, from: start, to: time) == true {
        groups = []
        begin = time
      } else {
        groups.append(sum)
      }
    }
    sum = nil
    summed = 0
  }

  private func read(until end: Double) -> FilmReading? {
    let search = FilmSearch(
      groups, lattice: detector.lattice, origins: origins, guess: guess, reduction: reduction)
    let reader = MessageReader(detector.codes)
    var reading: FilmReading?
    // The k-th time has 1 / k (k + 1) of the chance, so that all times together have no more than one.
    tries += 1
    let attempts = 2 * FilmSearch.limit * tries * (tries + 1)
    let times = groups.indices.map { begin + Double($0) * Self.groupSeconds } + [end]
    search.alignments { alignment in
      if let found = reader.read(
        alignment.chips, threshold: detector.threshold, attempts: attempts)
      {
        reading = FilmReading(
          reading: ImageReading(
            message: found.message, score: found.score, logBound: found.logBound,
            geometry: alignment.geometry),
          start: begin, end: end)
        return false
      }
      guard segments?.claim(alignment, times: times) == true else { return true }
      groups = []
      begin = end
      return false
    }
    return reading
  }
}
