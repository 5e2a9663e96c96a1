import CSndfile
import CommandLineSupport

/// libsndfile's numbers for containers and encodings, and its error texts.
enum SndfileFormat {
  /// The container of a format read.
  static func container(_ format: CInt) -> AudioContainer {
    switch Int(format) & SF_FORMAT_TYPEMASK {
    case SF_FORMAT_WAV, SF_FORMAT_WAVEX: .wav
    case SF_FORMAT_RF64: .rf64
    case SF_FORMAT_AIFF: .aiff
    case SF_FORMAT_FLAC: .flac
    case SF_FORMAT_OGG: Int(format) & SF_FORMAT_SUBMASK == SF_FORMAT_OPUS ? .opus : .ogg
    case SF_FORMAT_MPEG: .mp3
    case SF_FORMAT_CAF: .caf
    case SF_FORMAT_W64: .w64
    case SF_FORMAT_AU: .au
    case SF_FORMAT_RAW: .raw
    default: .other
    }
  }

  /// The encoding of a format read; lossless codecs count as the integers they hold.
  static func encoding(_ format: CInt) -> SampleEncoding {
    switch Int(format) & SF_FORMAT_SUBMASK {
    case SF_FORMAT_PCM_S8, SF_FORMAT_PCM_U8: .int8
    case SF_FORMAT_PCM_16, SF_FORMAT_ALAC_16: .int16
    case SF_FORMAT_PCM_24, SF_FORMAT_ALAC_20, SF_FORMAT_ALAC_24: .int24
    case SF_FORMAT_PCM_32, SF_FORMAT_ALAC_32: .int32
    case SF_FORMAT_FLOAT: .float32
    case SF_FORMAT_DOUBLE: .float64
    default: .lossy
    }
  }

  /// The number of a container to write.
  static func type(_ container: AudioContainer) -> CInt {
    switch container {
    case .aiff: CInt(SF_FORMAT_AIFF)
    case .flac: CInt(SF_FORMAT_FLAC)
    case .ogg, .opus: CInt(SF_FORMAT_OGG)
    case .mp3: CInt(SF_FORMAT_MPEG)
    case .caf: CInt(SF_FORMAT_CAF)
    case .w64: CInt(SF_FORMAT_W64)
    case .au: CInt(SF_FORMAT_AU)
    case .raw: CInt(SF_FORMAT_RAW | SF_ENDIAN_LITTLE)
    case .wav, .rf64, .other: preconditionFailure("not written through libsndfile")
    }
  }

  /// The number of an encoding in a container.
  static func subtype(_ encoding: SampleEncoding, _ container: AudioContainer) -> CInt {
    switch encoding {
    case .int8: CInt(container == .w64 ? SF_FORMAT_PCM_U8 : SF_FORMAT_PCM_S8)
    case .int16: CInt(SF_FORMAT_PCM_16)
    case .int24: CInt(SF_FORMAT_PCM_24)
    case .int32: CInt(SF_FORMAT_PCM_32)
    case .float32: CInt(SF_FORMAT_FLOAT)
    case .float64: CInt(SF_FORMAT_DOUBLE)
    case .lossy:
      switch container {
      case .opus: CInt(SF_FORMAT_OPUS)
      case .mp3: CInt(SF_FORMAT_MPEG_LAYER_III)
      default: CInt(SF_FORMAT_VORBIS)
      }
    }
  }

  /// The error of a handle, or of the last failed opening, in the form of our messages.
  static func reason(_ handle: OpaquePointer?) -> String {
    var text = sf_strerror(handle).map { String(cString: $0) } ?? "unknown error"
    while text.last == "." || text.last == " " || text.last == "\n" { text.removeLast() }
    if text.hasPrefix("Error : ") { text.removeFirst("Error : ".count) }
    return text.startingInLowerCase
  }
}
