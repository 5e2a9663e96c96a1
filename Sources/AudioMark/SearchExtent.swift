/// How far the detector looks for changes of speed, tempo and pitch.
package enum SearchExtent: String, Sendable, CaseIterable {
  /// Unchanged, resampled or transcoded only.
  case narrow
  /// Speed and tempo within 10.5 %, pitch within a semitone, any two of them together.
  case standard = "default"
  /// Speed, tempo and pitch within 21 %.
  case wide

  /// Largest change of speed or tempo, as a part.
  var tempo: Double { self == .narrow ? 0 : self == .standard ? 0.105 : 0.21 }
  /// Largest change of pitch alone, as a part.
  var pitch: Double { self == .narrow ? 0 : self == .standard ? 0.061 : 0.21 }
}
