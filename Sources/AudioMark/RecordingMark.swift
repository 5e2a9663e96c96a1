package import MarkKeys

/// A mark of a recording: one message, and all places in which it was found.
package struct RecordingMark: Sendable {
  /// A part of the recording without gaps, at one speed and pitch.
  package struct Segment: Sendable {
    /// Seconds from the beginning of the recording.
    package var start: Double
    package var end: Double
    /// How much faster than the original it plays.
    package var speed: Double
    /// Factor on all frequencies.
    package var pitch: Double
    /// Symbols looked at.
    package var symbols: Int
    fileprivate var sum: Double
    fileprivate var count: Int

    /// Agreement with the message in standard deviations, all pieces together (Stouffer's method).
    package var z: Double { sum / Double(max(count, 1)).squareRoot() }
  }

  /// The name of the key.
  package let key: String
  /// The place of the key among those looked for.
  package let keyIndex: Int
  package let message: Message
  package let plan: MarkPlan
  package let layer: MarkLayer
  /// Seconds from the beginning of the recording.
  package private(set) var start: Double
  package private(set) var end: Double
  /// Of the stretch with the smallest bound.
  package private(set) var speed: Double
  package private(set) var pitch: Double
  /// The best of all stretches, -1...1: 1 is a mark without any fault.
  package private(set) var score: Double
  /// Natural logarithm of the bound on the probability that chance alone gives some message.
  package var logBound: Double
  /// Where it was found, in order.
  package private(set) var segments: [Segment]
  /// Tells marks apart that begin together.
  let order: Int

  init(_ detection: MarkDetection, keyIndex: Int, order: Int) {
    key = detection.key
    self.keyIndex = keyIndex
    message = detection.message
    plan = detection.plan
    layer = detection.layer
    start = detection.start
    end = detection.end
    speed = detection.speed
    pitch = detection.pitch
    score = detection.score
    logBound = detection.logBound
    self.order = order
    segments = []
    for piece in detection.pieces {
      add(
        Segment(
          start: piece.start, end: piece.end, speed: detection.speed, pitch: detection.pitch,
          symbols: piece.symbols, sum: piece.z, count: 1))
    }
    // One piece in a hundred agrees by chance: alone it does not say where the mark lies.
    let strong = segments.filter { $0.count > 1 || $0.z > 4 }
    if let first = strong.first, let last = strong.last {
      segments = strong
      start = first.start
      end = last.end
    }
  }

  func isSame(as other: RecordingMark) -> Bool {
    keyIndex == other.keyIndex && message == other.message && plan == other.plan
      && layer == other.layer
  }

  /// Adds what a later stretch says, or another look at the same one.
  mutating func merge(_ other: RecordingMark) {
    start = min(start, other.start)
    end = max(end, other.end)
    score = max(score, other.score)
    if other.logBound < logBound {
      logBound = other.logBound
      speed = other.speed
      pitch = other.pitch
    }
    for segment in other.segments { add(segment) }
  }

  /// Puts a segment behind the others, joined to the last one where that ends.
  ///
  /// What was seen before, where stretches overlap, is not counted again.
  private mutating func add(_ segment: Segment) {
    guard let last = segments.last else { return segments = [segment] }
    guard segment.end > last.end else { return }
    let isSteady =
      abs(segment.speed / last.speed - 1) < 0.001 && abs(segment.pitch / last.pitch - 1) < 0.005
    if isSteady, segment.start <= last.end + 0.1 {
      let share = (segment.end - max(last.end, segment.start)) / (segment.end - segment.start)
      let pieces = max(Int((Double(segment.count) * share).rounded()), 1)
      segments[segments.count - 1].end = segment.end
      segments[segments.count - 1].symbols += Int((Double(segment.symbols) * share).rounded())
      segments[segments.count - 1].sum += segment.sum * Double(pieces) / Double(segment.count)
      segments[segments.count - 1].count += pieces
    } else {
      segments.append(segment)
    }
  }
}
