import AudioMark
package import AudioStreams
import CommandLineSupport
import Ledger
package import MarkKeys

/// The sound of a film.
package enum FilmSound: Sendable, Equatable {
  /// There is none.
  case none
  /// Encoded once; it lies in the segments of both variants, the same in all copies.
  case shared
  /// Every symbol twice, as in a master of sound.
  case marked(MarkedFilmSound)
}

/// Sound of which each copy has its own.
package struct MarkedFilmSound: Sendable, Equatable {
  /// What the copyright slots say in every copy.
  package let copyright: Message
  /// Rate, channels and encoding; symbols are equally long.
  package let format: AudioFormat
  /// How many samples there are of each channel.
  package let sampleCount: Int

  /// Samples of a symbol and of its FLAC frame.
  var symbolFrames: Int { format.sampleRate / MarkGeometry.symbolRate }
}

extension FilmSound {
  /// The parts that a master has of it.
  var parts: [MasterPart] {
    marked == nil ? [] : [.framesA, .framesB, .soundIndex]
  }

  /// The number in a manifest.
  var code: Int64 {
    switch self {
    case .none: 0
    case .shared: 1
    case .marked: 2
    }
  }

  /// What is said of sound that is marked; nil of other sound.
  package var marked: MarkedFilmSound? {
    if case .marked(let sound) = self { sound } else { nil }
  }

  /// Reads the members of a manifest.
  ///
  /// - Throws: `FieldFault` or `MessageError`.
  init(_ fields: inout FieldReader) throws {
    switch try fields.integer("sound", in: 0...2) {
    case 0: self = .none
    case 1: self = .shared
    default:
      let copyright = try fields.value("copyright") { try Message(hexadecimal: $0) }
      let encoding: SampleEncoding = try fields.word("encoding")
      guard encoding.isMasterEncoding else {
        throw FieldFault.bad("encoding", "masters hold 8, 16 or 24 bits")
      }
      let format = AudioFormat(
        sampleRate: Int(try fields.integer("sound-rate", in: 8000...192_000)),
        channelCount: Int(try fields.integer("channels", in: 1...8)), container: .wav,
        encoding: encoding)
      guard format.symbolFrames != nil else {
        throw FieldFault.bad("sound-rate", "it is no multiple of \(MarkGeometry.symbolRate) Hz")
      }
      self = .marked(
        MarkedFilmSound(
          copyright: copyright, format: format,
          sampleCount: Int(try fields.integer("samples", in: 1...1 << 36 - 1))))
    }
  }
}
