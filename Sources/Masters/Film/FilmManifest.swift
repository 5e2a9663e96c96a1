import AudioStreams
import CommandLineSupport
import Ledger
import MarkKeys
package import Signing

/// What the master of a film is.
package struct FilmManifest: Sendable, Equatable {
  /// What the content is called in the ledger.
  package let content: String
  /// The name of the mark key.
  package let key: String
  /// The commitment to the fingerprint key, see `FingerprintKey.commitment`.
  package let fingerprint: SHA256Hash
  /// Samples of a line and lines of a frame.
  package let width: Int
  package let height: Int
  /// Frames.
  package let frameCount: Int
  /// Frames a second, as a fraction.
  package let rate: (numerator: Int, denominator: Int)
  /// Its sound.
  package let sound: FilmSound
  /// SHA-256 of what it was made of and how: the file, and the words of the encoder; by this the same film
  /// is known again, since no encoder is bound to give the same bytes everywhere.
  package let source: SHA256Hash?
  /// The parts in the order of their names.
  package let parts: [PartRecord]

  package static func == (left: Self, right: Self) -> Bool { left.bytes == right.bytes }

  /// The parts of a master of film in the order of their names.
  static func partNames(_ sound: FilmSound) -> [MasterPart] {
    ([.segmentsA, .segmentsB, .header, .index] + sound.parts).sorted { $0.rawValue < $1.rawValue }
  }

  /// The bytes of the file: a line of canonical JSON.
  package var bytes: [UInt8] {
    let marked = sound.marked
    let value = CanonicalValue.object([
      "channels": .number(marked?.format.channelCount), "content": .string(content),
      "copyright": .text(marked.map { "\($0.copyright)" }),
      "encoding": .text(marked?.format.encoding.rawValue),
      "fingerprint": .string(fingerprint.base64), "frames": .integer(Int64(frameCount)),
      "height": .integer(Int64(height)), "key": .string(key),
      "parts": MasterOutline.canonical(parts), "plan": .string(MasterKind.film.rawValue),
      "rate": .string("\(rate.numerator)/\(rate.denominator)"),
      "samples": .number(marked?.sampleCount), "sound": .integer(sound.code),
      "sound-rate": .number(marked?.format.sampleRate), "source": .text(source?.base64),
      "version": .integer(1), "width": .integer(Int64(width)),
    ])
    return value.bytes + [UInt8(ascii: "\n")]
  }
}

extension FilmManifest {
  /// Reads the bytes of the file.
  ///
  /// - Throws: `CanonicalFault` or `FieldFault`.
  package init(parsing bytes: [UInt8]) throws {
    self = try MasterOutline.read(bytes) { fields in try FilmManifest(&fields) }
  }

  private init(_ fields: inout FieldReader) throws {
    guard try fields.string("plan") == MasterKind.film.rawValue else {
      throw FieldFault.bad("plan", "it is not of a film")
    }
    content = try fields.string("content")
    key = try fields.string("key")
    fingerprint = try MasterSecret.Name.fingerprintKey.commitment(&fields)
    width = Int(try fields.integer("width", in: 1...1 << 26))
    height = Int(try fields.integer("height", in: 1...1 << 26))
    frameCount = Int(try fields.integer("frames", in: 1...1 << 40))
    let rate = try fields.string("rate").split(separator: "/").compactMap { Int($0) }
    guard rate.count == 2, rate.allSatisfy({ $0 > 0 }) else {
      throw FieldFault.bad("rate", "it is no fraction")
    }
    self.rate = (rate[0], rate[1])
    sound = try FilmSound(&fields)
    source = try fields.optionalString("source").map { text in
      guard let hash = SHA256Hash(base64: text) else {
        throw FieldFault.notOfType("source", "a SHA-256 hash in base64")
      }
      return hash
    }
    parts = try MasterOutline.parts(&fields)
    try fields.finish()
    guard parts.map(\.part) == Self.partNames(sound) else {
      throw FieldFault.bad("parts", "not the parts of a film in the order of their names")
    }
  }
}
