/// What a FLAC decoder has to know first: the block STREAMINFO (RFC 9639, section 8.2).
package struct FLACStreamInformation {
  /// The bytes behind the block's own header.
  package private(set) var bytes: [UInt8] = []

  /// How many they are.
  package static let byteCount = 34

  /// - Parameters:
  ///   - sampleRate: Hz.
  ///   - channelCount: 1 to 8.
  ///   - bits: of a sample.
  ///   - blockLength: samples in a block; the last one may have fewer.
  ///   - frameCount: samples of the recording; 0 where it is not known.
  ///   - frameSizes: the bytes of every frame; nothing is said about them when there are none.
  package init(
    sampleRate: Int, channelCount: Int, bits: Int, blockLength: Int, frameCount: Int = 0,
    frameSizes: [UInt32] = []
  ) {
    // The last block does not count for the shortest.
    bytes.append(blockLength, count: 2)
    bytes.append(blockLength, count: 2)
    bytes.append(Int(frameSizes.min() ?? 0), count: 3)
    bytes.append(Int(frameSizes.max() ?? 0), count: 3)
    bytes.append(
      sampleRate << 44 | (channelCount - 1) << 41 | (bits - 1) << 36 | frameCount, count: 8)
    // The hash is left at zero, which says that it was not computed.
    bytes += [UInt8](repeating: 0, count: 16)
  }
}

extension FLACStreamInformation {
  /// - Parameters:
  ///   - format: rate, channels and encoding.
  ///   - blockLength: samples in a block; the last one may have fewer.
  ///   - frameCount: samples of the recording.
  ///   - frameSizes: the bytes of every frame; nothing is said about them when there are none.
  package init(
    _ format: AudioFormat, blockLength: Int, frameCount: Int, frameSizes: [UInt32] = []
  ) {
    self.init(
      sampleRate: format.sampleRate, channelCount: format.channelCount,
      bits: 8 * format.encoding.byteCount, blockLength: blockLength, frameCount: frameCount,
      frameSizes: frameSizes)
  }
}

extension [UInt8] {
  /// Appends the lowest bytes of a number, most significant first.
  ///
  /// - Parameters:
  ///   - value: the number.
  ///   - count: how many bytes.
  package mutating func append(_ value: Int, count: Int) {
    for shift in stride(from: 8 * (count - 1), through: 0, by: -8) {
      append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }
}
