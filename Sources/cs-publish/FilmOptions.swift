import ArgumentParser
import Masters

/// How a film is encoded.
struct FilmOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "What ffmpeg is told of a film's pictures. (default: -c:v libx264 -preset medium -crf 20 "
        + "-pix_fmt yuv420p)", valueName: "words"))
  var videoOptions: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Have ffmpeg encode a film's sound by these words, the same and without a mark in all copies. "
        + "(default: marked FLAC)", valueName: "words"))
  var soundOptions: String?

  /// The options that are given.
  var given: [String] {
    [("--video-options", videoOptions != nil), ("--sound-options", soundOptions != nil)]
      .filter(\.1).map(\.0)
  }

  /// The words of the encoders.
  var encoding: FilmEncoding {
    let standard = FilmEncoding.standard
    return FilmEncoding(
      video: videoOptions ?? standard.video.joined(separator: " "), sound: soundOptions)
  }
}
