/// A mark that was found in a film.
package struct FilmReading: Sendable {
  /// What was read, and how the frames lie.
  package let reading: ImageReading
  /// The part of the film it was read from, in seconds.
  package let start: Double
  /// Where that part ends.
  package let end: Double
}
