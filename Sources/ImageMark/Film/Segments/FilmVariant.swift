/// One of the two ways in which each segment of a film is encoded.
package enum FilmVariant: Int, CaseIterable, Sendable {
  /// Bit 0, sign +1.
  case a
  /// Bit 1, sign -1.
  case b
}
