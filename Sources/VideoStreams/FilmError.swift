import CommandLineSupport

/// Why a film cannot be read.
///
/// The first value is the name of the input for messages.
package enum FilmError: ExplainedError, Equatable {
  /// The stream contradicts its format.
  case damaged(String, String)
  /// A kind of film that is not read.
  case unsuitable(String, String)
  /// The stream ends within a frame, which is counted from 1.
  case cutShort(String, frame: Int)
  /// There is no frame.
  case empty(String)

  package var description: String {
    switch self {
    case .damaged(let name, let reason): "\(quoted(name)) is damaged: \(reason)"
    case .unsuitable(let name, let reason): "\(quoted(name)) \(reason), which is not read"
    case .cutShort(let name, let frame): "\(quoted(name)) ends within frame \(frame)"
    case .empty(let name): "\(quoted(name)) has no frames"
    }
  }

  package var hint: String? {
    switch self {
    case .unsuitable: "let ffmpeg convert it: -pix_fmt yuv420p -f yuv4mpegpipe"
    case .damaged, .cutShort, .empty: nil
    }
  }
}
