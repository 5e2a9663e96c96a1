/// A mark that was found in a picture.
package struct ImageReading: Sendable {
  /// The message that was read.
  package let message: ImageMessage
  /// Part of all soft values that agrees with the message, -1...1: 1 is a mark without any fault.
  package let score: Double
  /// Natural logarithm of a bound on the probability that chance alone gives some message that well.
  package let logBound: Double
  /// How the picture lies.
  package let geometry: ImageGeometry
  /// Which of the detector's keys it was read with.
  package var keyPlace = 0
}

/// How a marked picture lies, compared with how it was when it was marked.
package struct ImageGeometry: Sendable, Equatable {
  /// Distance of the mark's tiles in samples, the geometric mean over directions.
  package let period: Double
  /// Turned clockwise, in degrees, more than -180 up to 180, after any mirroring.
  package let rotation: Double
  /// Mirrored, left and right exchanged.
  package let isMirrored: Bool
  /// How much wider than high a square became: 1 when it stayed square.
  package let aspect: Double

  /// The size of the picture compared with the original's.
  ///
  /// - Parameters:
  ///   - width: of the original.
  ///   - height: of the original.
  /// - Returns: 1 for the same size, 0.5 for half as wide and high.
  package func scale(originalWidth width: Int, height: Int) -> Double {
    period / Double(ImageTile.period(width: width, height: height))
  }
}
