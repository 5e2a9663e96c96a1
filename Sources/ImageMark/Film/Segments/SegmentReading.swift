/// A segment of a film as it was read.
package struct SegmentReading: Sendable {
  /// The title's tag, 40 bits.
  package let titleTag: UInt64
  /// The number of the segment.
  package let number: Int
  /// Natural logarithm of P(what was read | variant B) / P(what was read | variant A).
  package let logRatio: Double
  /// Where it was found, in seconds of the film that was read.
  package let span: ClosedRange<Double>
}

/// A title whose segments a film has beyond doubt.
package struct SegmentDetection: Sendable {
  /// The title's tag, 40 bits.
  package let titleTag: UInt64
  /// How the frames lie where a segment was read first.
  package let geometry: ImageGeometry
  /// Natural logarithm of a bound on the probability that chance alone gives some segment as well as
  /// the clearest one here.
  package internal(set) var logBound: Double
  /// Part of all soft values that agrees with the clearest segment, -1...1.
  package internal(set) var score: Double
}
