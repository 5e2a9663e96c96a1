import CommandLineSupport

/// A line on the control input that says nothing the player knows.
package struct PlayerCommandFault: ExplainedError, Equatable {
  /// The line.
  package let line: String

  package var description: String { "\(quoted(line)) is no command of the player" }
  package var hint: String? {
    "play, pause, stop, quit, status, next, previous, ff SECONDS, rew SECONDS, seek TIME, "
      + "rate 0.25...4"
  }
}
