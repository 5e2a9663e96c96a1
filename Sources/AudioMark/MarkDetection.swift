package import MarkKeys

/// A mark that was found.
package struct MarkDetection: Sendable {
  /// A piece of the recording and how well it fits the message.
  package struct Piece: Sendable {
    /// Seconds from the beginning of the recording.
    package var start: Double
    package var end: Double
    /// Correlation of the soft values with the message's code word, in standard deviations.
    package var z: Double
    /// Symbols looked at.
    package var symbols: Int
  }

  /// The name of the key.
  package var key: String
  package var message: Message
  package var plan: MarkPlan
  package var layer: MarkLayer
  /// Seconds from the beginning of the recording, of the part in which the message was found.
  package var start: Double
  package var end: Double
  /// How much faster than the original it plays.
  package var speed: Double
  /// Factor on all frequencies.
  package var pitch: Double
  /// Where its symbols lie in the spectra it was found in.
  var alignment: Alignment
  /// Part of all soft values that agrees with the message, -1...1: 1 is a mark without any fault.
  package var score: Double
  /// Bound on the probability that chance alone gives some message; see `FalsePositiveBound`.
  package var bound: Double
  /// Natural logarithm of `bound`.
  package var logBound: Double
  package var pieces: [Piece]
}
