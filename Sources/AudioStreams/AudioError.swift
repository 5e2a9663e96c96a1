import CommandLineSupport

/// Why audio cannot be read or written.
///
/// The first value is the name of the stream for messages.
package enum AudioError: ExplainedError, Equatable {
  /// There is not a single byte.
  case empty(String)
  /// No known kind of audio file; the reader's reason.
  case notAudio(String, String)
  /// The stream ends inside the header.
  case cutInHeader(String)
  /// The header contradicts itself or is not understood.
  case badHeader(String, String)
  /// There is a header and not a single frame.
  case noSamples(String)
  /// A number of channels outside 1...8.
  case channels(String, Int)
  /// A sample rate outside 8000...192000.
  case sampleRate(String, Int)
  /// Coded samples cannot be decoded.
  case damaged(String, String)
  /// No container has this name or extension.
  case unknownContainer(String)
  /// The container or its codec cannot hold this rate or number of channels.
  case unsuitable(String, AudioContainer, String)
  /// An encoder failed.
  case encoder(String, String)

  package var description: String {
    switch self {
    case .empty(let name): "\(quoted(name)) is empty"
    case .notAudio(let name, let reason): "\(quoted(name)) is not audio: \(reason)"
    case .cutInHeader(let name): "\(quoted(name)) ends inside its header"
    case .badHeader(let name, let reason): "\(quoted(name)): \(reason)"
    case .noSamples(let name): "\(quoted(name)) holds no samples"
    case .channels(let name, let count):
      "\(quoted(name)) has \(count) channels, which is outside 1...8"
    case .sampleRate(let name, let rate):
      "\(quoted(name)) has a sample rate of \(rate) Hz, which is outside 8000...192000"
    case .damaged(let name, let reason): "\(quoted(name)) is damaged: \(reason)"
    case .unknownContainer(let name): "\(quoted(name)) names no known audio format"
    case .unsuitable(let name, let container, let reason):
      "\(quoted(name)): \(container.rawValue) cannot hold \(reason)"
    case .encoder(let name, let reason): "cannot encode \(quoted(name)): \(reason)"
    }
  }

  package var hint: String? {
    switch self {
    case .notAudio:
      "ffmpeg -i FILE -f wav - reads what this tool cannot, such as video or AAC"
    case .channels: "mix or split the channels first, for instance with sox remix"
    case .sampleRate: "resample first, for instance with sox -r 48000 or ffmpeg -ar 48000"
    case .unknownContainer:
      "known are "
        + AudioContainer.allCases.filter { $0 != .other }.map(\.rawValue).joined(separator: ", ")
    case .unsuitable(_, .opus, _):
      "opus takes 8, 12, 16, 24 and 48 kHz; resample first, for instance with ffmpeg -ar 48000"
    case .unsuitable: "choose another format, such as flac"
    case .empty, .cutInHeader, .badHeader, .noSamples, .damaged, .encoder: nil
    }
  }
}
