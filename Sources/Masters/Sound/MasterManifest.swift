package import AudioStreams
import CommandLineSupport
import Ledger
package import MarkKeys
package import Signing

/// What a master is: the first thing to read of it, and what its parts are checked against.
package struct MasterManifest: Sendable, Equatable {
  /// What the content is called in the ledger.
  package let content: String
  /// The name of the mark key.
  package let key: String
  /// What the copyright slots say in every copy.
  package let copyright: Message
  /// The commitment to the fingerprint key, see `FingerprintKey.commitment`.
  package let fingerprint: SHA256Hash
  /// Rate, channels and encoding of the samples; the container is `wav`.
  package let format: AudioFormat
  /// How many frames the recording has.
  package let frameCount: Int
  /// The tags of the source.
  package let tags: [AudioMetadata.Tag: String]
  /// The parts in the order of their names.
  package let parts: [PartRecord]

  /// The most bytes of a tag that are kept.
  static let longestTag = 1 << 16

  /// What is said about a part, nil when the master has none of this kind.
  package subscript(part: MasterPart) -> PartRecord? { parts.first { $0.part == part } }

  /// The bytes of the file: a line of canonical JSON.
  package var bytes: [UInt8] {
    let tags = self.tags.map { tag, text in
      CanonicalValue.Member(name: tag.memberName, value: .array(Self.lines(text)))
    }
    let value = CanonicalValue.object([
      "channels": .integer(Int64(format.channelCount)), "content": .string(content),
      "copyright": .string("\(copyright)"), "encoding": .string(format.encoding.rawValue),
      "fingerprint": .string(fingerprint.base64), "frames": .integer(Int64(frameCount)),
      "key": .string(key),
      "parts": MasterOutline.canonical(parts), "plan": .string(MasterKind.sound.rawValue),
      "rate": .integer(Int64(format.sampleRate)),
      "tags": .object(tags.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }),
      "version": .integer(1),
    ])
    return value.bytes + [UInt8(ascii: "\n")]
  }

  /// Canonical text has no control characters: lines become elements, other ones blanks.
  private static func lines(_ text: String) -> [CanonicalValue] {
    let kept = String(decoding: text.utf8.prefix(longestTag), as: UTF8.self)
    return kept.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { line in
      let scalars = line.unicodeScalars.map { scalar -> Unicode.Scalar in
        scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value) ? " " : scalar
      }
      return .string(String(String.UnicodeScalarView(scalars)))
    }
  }
}

extension MasterManifest {
  /// Reads the bytes of the file.
  ///
  /// - Throws: `CanonicalFault`, `FieldFault` or `MessageError`.
  package init(parsing bytes: [UInt8]) throws {
    self = try MasterOutline.read(bytes) { fields in try MasterManifest(&fields) }
  }

  private init(_ fields: inout FieldReader) throws {
    guard try fields.string("plan") == MasterKind.sound.rawValue else {
      throw FieldFault.bad("plan", "it is not of sound")
    }
    content = try fields.string("content")
    key = try fields.string("key")
    copyright = try fields.value("copyright") { try Message(hexadecimal: $0) }
    guard let fingerprint = SHA256Hash(base64: try fields.string("fingerprint")) else {
      throw FieldFault.notOfType("fingerprint", "a SHA-256 hash in base64")
    }
    self.fingerprint = fingerprint
    let encoding: SampleEncoding = try fields.word("encoding")
    guard encoding.isMasterEncoding else {
      throw FieldFault.bad("encoding", "masters hold 8, 16 or 24 bits")
    }
    format = AudioFormat(
      sampleRate: Int(try fields.integer("rate", in: 8000...192_000)),
      channelCount: Int(try fields.integer("channels", in: 1...8)), container: .wav,
      encoding: encoding)
    frameCount = Int(try fields.integer("frames", in: 1...1 << 36 - 1))
    tags = try Self.tags(fields.required("tags"))
    parts = try MasterOutline.parts(&fields)
    try fields.finish()
    let names = parts.map(\.part)
    let withoutFrames: [MasterPart] = [.samplesA, .samplesB, .index]
    guard names == MasterPart.ofSound || names == withoutFrames else {
      throw FieldFault.bad("parts", "not the parts of a master in the order of their names")
    }
    let samples = Int64(frameCount) * Int64(format.frameByteCount)
    guard self[.samplesA]?.byteCount == samples, self[.samplesB]?.byteCount == samples else {
      throw FieldFault.bad("parts", "the samples do not have the length of the recording")
    }
  }

  private static func tags(_ node: CanonicalNode) throws -> [AudioMetadata.Tag: String] {
    guard node.isObject else { throw FieldFault.notOfType("tags", "an object") }
    var tags: [AudioMetadata.Tag: String] = [:]
    for (name, value) in zip(node.names, node.memberValues) {
      guard let tag = AudioMetadata.Tag.allCases.first(where: { $0.memberName == name }) else {
        throw FieldFault.unknown(name)
      }
      guard let lines = value.elements?.map(\.string), !lines.contains(nil) else {
        throw FieldFault.notOfType(name, "a list of texts")
      }
      tags[tag] = lines.compactMap(\.self).joined(separator: "\n")
    }
    return tags
  }
}

extension SampleEncoding {
  /// Whether masters hold it: integers that WAVE and FLAC store alike.
  package var isMasterEncoding: Bool { (integerBits ?? 32) < 32 }
}

extension AudioMetadata.Tag {
  /// The name in a manifest.
  fileprivate var memberName: String { self == .trackNumber ? "track-number" : rawValue }
}
