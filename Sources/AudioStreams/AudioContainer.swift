import CommandLineSupport

/// The kinds of audio file that are read and written.
package enum AudioContainer: String, Sendable, CaseIterable {
  /// RIFF WAVE; becomes RF64 by itself where 4 GiB do not suffice.
  case wav
  /// RF64 or BW64, the 64-bit WAVE.
  case rf64
  /// AIFF and AIFF-C.
  case aiff
  /// FLAC.
  case flac
  /// Ogg with Vorbis.
  case ogg
  /// Ogg with Opus.
  case opus
  /// MPEG layer III.
  case mp3
  /// Apple's Core Audio Format.
  case caf
  /// Sony Wave64.
  case w64
  /// Sun and NeXT audio.
  case au
  /// Samples without a header.
  case raw
  /// Something else that libsndfile reads; never written.
  case other

  /// The container for an output.
  ///
  /// - Parameters:
  ///   - option: the value of a format option, the name of a container; decides when given.
  ///   - path: the path of the output, whose extension decides otherwise; nil and `-` are standard
  ///     output, which gets WAV, as does a name without extension.
  /// - Returns: the container.
  /// - Throws: `AudioError.unknownContainer`.
  package static func forOutput(option: String?, path: String?) throws -> AudioContainer {
    if let option {
      guard let container = AudioContainer(rawValue: option), container != .other else {
        throw AudioError.unknownContainer(option)
      }
      return container
    }
    guard let path, path != "-" else { return .wav }
    let name = path.split(separator: "/").last ?? ""
    guard let point = name.lastIndex(of: "."), point != name.startIndex else { return .wav }
    let suffix = name[name.index(after: point)...].lowercased()
    guard let container = byExtension[suffix] else { throw AudioError.unknownContainer(path) }
    return container
  }

  /// The rate in Hz that the container takes for audio of a rate, best the same.
  package func sampleRate(near rate: Int) -> Int {
    switch self {
    case .opus: [8000, 12000, 16000, 24000].contains(rate) ? rate : 48000
    case .mp3 where rate > 48000: rate.isMultiple(of: 44100) ? 44100 : 48000
    default: rate
    }
  }

  private static let byExtension: [String: AudioContainer] = [
    "wav": .wav, "wave": .wav, "bwf": .wav, "rf64": .rf64, "aif": .aiff, "aiff": .aiff,
    "aifc": .aiff, "flac": .flac, "ogg": .ogg, "oga": .ogg, "opus": .opus, "mp3": .mp3,
    "caf": .caf, "w64": .w64, "au": .au, "snd": .au, "raw": .raw, "pcm": .raw,
  ]

  /// Guesses the container from the first bytes of a stream; nil when they say nothing.
  static func detected(in bytes: [UInt8]) -> AudioContainer? {
    func has(_ text: String, at offset: Int = 0) -> Bool {
      bytes.dropFirst(offset).starts(with: text.utf8)
    }
    if has("RIFF"), has("WAVE", at: 8) { return .wav }
    if has("RF64") || has("BW64"), has("WAVE", at: 8) { return .rf64 }
    return nil
  }
}
