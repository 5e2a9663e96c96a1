import AudioMark
import CSodium
import CommandLineSupport
import MarkKeys

/// The files of a master beside its manifest.
package enum MasterPart: String, Sendable, CaseIterable {
  /// The FLAC frames of a variant, one behind the other.
  case framesA = "a.frames"
  /// The samples of a variant as WAVE stores them, without a header.
  case samplesA = "a.pcm"
  case framesB = "b.frames"
  case samplesB = "b.pcm"
  /// The segments of a variant of a film, one behind the other.
  case segmentsA = "a.segments"
  case segmentsB = "b.segments"
  /// What comes in front of the segments of a film.
  case header
  /// What each symbol is, see `MasterIndex`, or each segment, see `FilmIndex`.
  case index
  /// The file of a picture.
  case picture
  /// What each symbol of a film's sound is, see `MasterIndex`.
  case soundIndex = "sound"

  /// The parts of a master of sound in the order of their names.
  static let ofSound: [MasterPart] = [.framesA, .samplesA, .framesB, .samplesB, .index]

  /// The part with a variant's samples.
  static func samples(_ variant: MarkVariant) -> MasterPart {
    variant == .a ? .samplesA : .samplesB
  }

  /// The part with a variant's FLAC frames.
  static func frames(_ variant: MarkVariant) -> MasterPart { variant == .a ? .framesA : .framesB }
}

/// What the manifest says about a part.
package struct PartRecord: Sendable, Equatable {
  /// Which part.
  package let part: MasterPart
  /// Its length.
  package let byteCount: Int64
  /// BLAKE2b-256 of its bytes.
  package let hash: PartHash
}

/// BLAKE2b with 32 bytes (RFC 7693), what `b2sum -l 256` prints: SHA-256 here takes twice as long,
/// and a master has some hundred megabytes.
package struct PartHash: Sendable, Equatable, CustomStringConvertible {
  private let bytes: [UInt8]

  /// Reads 64 hexadecimal digits; nil for anything else.
  init?(_ text: String) {
    guard let bytes = Hexadecimal.bytes(text), bytes.count == Self.byteCount,
      Hexadecimal.text(bytes) == text
    else { return nil }
    self.bytes = bytes
  }

  fileprivate init(bytes: [UInt8]) { self.bytes = bytes }

  static let byteCount = 32

  package var description: String { Hexadecimal.text(bytes) }
}

/// The hash of bytes that come in pieces.
final class PartHasher {
  private let storage = UnsafeMutableRawPointer.allocate(
    byteCount: crypto_generichash_statebytes(), alignment: 64)
  private let state: OpaquePointer

  init() {
    state = OpaquePointer(storage)
    crypto_generichash_init(state, nil, 0, PartHash.byteCount)
  }

  deinit { storage.deallocate() }

  /// Adds bytes.
  func update(_ bytes: UnsafeRawBufferPointer) {
    guard let base = bytes.baseAddress else { return }
    crypto_generichash_update(
      state, base.assumingMemoryBound(to: UInt8.self), UInt64(bytes.count))
  }

  /// The hash of all bytes; the hasher must not be used again.
  func finish() -> PartHash {
    var bytes = [UInt8](repeating: 0, count: PartHash.byteCount)
    crypto_generichash_final(state, &bytes, bytes.count)
    return PartHash(bytes: bytes)
  }
}

/// A part being written: its bytes are hashed as they go by.
struct PartWriter {
  let part: MasterPart
  private let file: FileDescriptor
  private let hasher = PartHasher()
  private var byteCount: Int64 = 0

  init(_ part: MasterPart, in folder: OutputFolder) throws {
    self.part = part
    file = try folder.create(part.rawValue)
  }

  /// Appends bytes.
  mutating func write(_ bytes: UnsafeRawBufferPointer) throws {
    try file.write(bytes)
    hasher.update(bytes)
    byteCount += Int64(bytes.count)
  }

  /// What the manifest says about the part; it must not be written to again.
  func finish() -> PartRecord {
    PartRecord(part: part, byteCount: byteCount, hash: hasher.finish())
  }
}
