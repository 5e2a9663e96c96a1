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
    append(type: 0, byteCount: FLACStreamInformation.byteCount)
    bytes +=
      FLACStreamInformation(
        format, blockLength: symbolFrames, frameCount: frameCount, frameSizes: frameSizes
      ).bytes

    // SEEKTABLE: first sample, offset behind the header, samples of the frame.
    append(type: 3, byteCount: 18 * ((frameSizes.count - 1) / Self.symbolsPerPoint + 1))
    var offset = 0
    for (number, size) in frameSizes.enumerated() {
      if number.isMultiple(of: Self.symbolsPerPoint) {
        bytes.append(number * symbolFrames, count: 8)
        bytes.append(offset, count: 8)
        bytes.append(min(symbolFrames, frameCount - number * symbolFrames), count: 2)
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
    bytes.append(type, count: 1)
    bytes.append(byteCount, count: 3)
  }
}
