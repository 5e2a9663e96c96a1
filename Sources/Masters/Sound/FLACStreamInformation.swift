import AudioStreams

/// What a FLAC decoder has to know first: the block STREAMINFO (RFC 9639, section 8.2).
struct FLACStreamInformation {
  /// The bytes behind the block's own header.
  private(set) var bytes: [UInt8] = []

  /// How many they are.
  static let byteCount = 34

  /// - Parameters:
  ///   - format: rate, channels and encoding.
  ///   - symbolFrames: samples in a block; the last one may have fewer.
  ///   - frameCount: samples of the recording.
  ///   - frameSizes: the bytes of every frame; nothing is said about them when there are none.
  init(_ format: AudioFormat, symbolFrames: Int, frameCount: Int, frameSizes: [UInt32] = []) {
    // The last block does not count for the shortest.
    bytes.append(symbolFrames, count: 2)
    bytes.append(symbolFrames, count: 2)
    bytes.append(Int(frameSizes.min() ?? 0), count: 3)
    bytes.append(Int(frameSizes.max() ?? 0), count: 3)
    bytes.append(
      format.sampleRate << 44 | (format.channelCount - 1) << 41
        | (8 * format.encoding.byteCount - 1) << 36 | frameCount, count: 8)
    // The hash is left at zero, which says that it was not computed.
    bytes += [UInt8](repeating: 0, count: 16)
  }
}

extension [UInt8] {
  /// Appends the lowest bytes of a number, most significant first.
  mutating func append(_ value: Int, count: Int) {
    for shift in stride(from: 8 * (count - 1), through: 0, by: -8) {
      append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }
}
