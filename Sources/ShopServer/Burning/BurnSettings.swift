import DiscLayout

/// How discs are made.
package struct BurnSettings: Sendable {
  /// What they are written on.
  package enum Target: Sendable, Equatable {
    /// Files beside this one: `NAME.cue` with `NAME.bin` and `NAME.toc`, or `NAME.iso`.
    case image(String)
    /// A drive, as its programs know it.
    case drive(String)
  }

  package var target: Target
  /// What a compact disc holds; a drive says itself what is in it.
  package var minutes: Int
  /// How fast a drive writes; the drive chooses where nothing is said.
  package var speed: Int?
  /// Whether everything is done but the writing.
  package var isDummy: Bool
  /// Whether a drive is opened at the end.
  package var ejects: Bool

  /// - Parameters:
  ///   - target: what is written on.
  ///   - minutes: of compact discs.
  ///   - speed: of a drive, in multiples.
  ///   - isDummy: whether nothing is written.
  ///   - ejects: whether the drive is opened.
  package init(
    _ target: Target, minutes: Int = 80, speed: Int? = nil, isDummy: Bool = false,
    ejects: Bool = false
  ) {
    self.target = target
    self.minutes = minutes
    self.speed = speed
    self.isDummy = isDummy
    self.ejects = ejects
  }
}
