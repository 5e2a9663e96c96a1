import CommandLineSupport

/// Why film cannot be read.
///
/// The first value is the name of the stream for messages.
package enum FilmError: ExplainedError, Equatable {
  /// It does not begin as YUV4MPEG2 does.
  case notFilm(String)
  /// A parameter of the header is missing, twice there or without meaning.
  case badHeader(String, String)
  /// A frame does not begin with FRAME; frames are counted from 0.
  case badFrame(String, Int)
  /// The stream ends inside a frame.
  case cutShort(String, frame: Int)
  /// There is a header and not a single frame.
  case noFrames(String)

  package var description: String {
    switch self {
    case .notFilm(let name): "\(quoted(name)) is not YUV4MPEG2 film"
    case .badHeader(let name, let reason): "\(quoted(name)): \(reason)"
    case .badFrame(let name, let frame):
      "\(quoted(name)): no FRAME where frame \(frame) should begin"
    case .cutShort(let name, let frame): "\(quoted(name)) is cut short in frame \(frame)"
    case .noFrames(let name): "\(quoted(name)) holds no frames"
    }
  }

  package var hint: String? {
    switch self {
    case .notFilm: "ffmpeg -i FILE -f yuv4mpegpipe -strict -1 - makes it from any film"
    case .badHeader, .badFrame, .cutShort, .noFrames: nil
    }
  }
}
