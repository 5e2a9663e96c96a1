import AudioStreams
import CommandLineSupport

/// The bytes of a FLAC file in front of its first frame (RFC 9639, section 8).
struct FLACFileHeader {
  /// The bytes.
  private(set) var bytes: [UInt8] = Array("fLaC".utf8)

  /// Symbols between two points of the seek table: ten seconds.
  private static let symbolsPerPoint = 500

  /// - Parameters:
  ///   - format: rate, channels and encoding.
  ///   - symbolFrames: samples in a block.
  ///   - frameCount: samples of the recording.
  ///   - frameSizes: the bytes of every frame of the file.
  ///   - tags: its comments.
  init(
    _ format: AudioFormat, symbolFrames: Int, frameCount: Int, frameSizes: [UInt32],
    tags: CopyTags
  ) {
    // STREAMINFO; the last block does not count for the shortest. The hash is left at zero, which
    // says that it was not computed.
    append(type: 0, byteCount: 34)
    append(symbolFrames, 2)
    append(symbolFrames, 2)
    append(Int(frameSizes.min() ?? 0), 3)
    append(Int(frameSizes.max() ?? 0), 3)
    append(
      format.sampleRate << 44 | (format.channelCount - 1) << 41
        | (8 * format.encoding.byteCount - 1) << 36 | frameCount, 8)
    bytes += [UInt8](repeating: 0, count: 16)

    // SEEKTABLE: first sample, offset behind the header, samples of the frame.
    append(type: 3, byteCount: 18 * ((frameSizes.count - 1) / Self.symbolsPerPoint + 1))
    var offset = 0
    for (number, size) in frameSizes.enumerated() {
      if number.isMultiple(of: Self.symbolsPerPoint) {
        append(number * symbolFrames, 8)
        append(offset, 8)
        append(min(symbolFrames, frameCount - number * symbolFrames), 2)
      }
      offset += Int(size)
    }

    var comments: [UInt8] = []
    func text(_ text: String) {
      let units = Array(text.utf8)
      comments += withUnsafeBytes(of: UInt32(units.count).littleEndian, Array.init) + units
    }
    text("sukashi \(suiteVersion)")
    let fields = tags.vorbisFields
    comments += withUnsafeBytes(of: UInt32(fields.count).littleEndian, Array.init)
    for field in fields { text("\(field.name)=\(field.text)") }
    append(type: 4 | 0x80, byteCount: comments.count)
    bytes += comments
  }

  private mutating func append(type: Int, byteCount: Int) {
    append(type, 1)
    append(byteCount, 3)
  }

  /// Appends the lowest bytes of a number, most significant first.
  private mutating func append(_ value: Int, _ count: Int) {
    for shift in stride(from: 8 * (count - 1), through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }
}
