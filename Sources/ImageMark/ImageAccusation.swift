/// A copy whose mark a picture carries, out of a list of those that were delivered.
package struct ImageAccusation: Sendable {
  /// The message of the copy.
  package let message: ImageMessage
  /// Natural logarithm of P(picture | this copy alone) / P(picture | no mark of the key).
  package let logRatio: Double
  /// Natural logarithm of a bound on the probability that anybody on the list who has nothing to do
  /// with the picture is found this well, all trials counted.
  package let logBound: Double
  /// Part of all soft values that agrees with the message, -1...1.
  package let score: Double
  /// How the picture lies.
  package let geometry: ImageGeometry
}
