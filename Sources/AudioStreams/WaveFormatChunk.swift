/// The `fmt ` chunk for a format, and `fact` where one is due.
enum WaveFormatChunk {
  /// The usual loudspeakers for one to eight channels, as WAVE_FORMAT_EXTENSIBLE names them.
  private static let masks: [UInt32] = [4, 3, 7, 0x33, 0x37, 0x3F, 0x13F, 0x63F]

  /// The chunks in their order.
  ///
  /// The plain form serves 8 and 16 bits and floating point in one or two channels; everything else
  /// takes WAVE_FORMAT_EXTENSIBLE, as Microsoft asks.
  static func chunks(for format: AudioFormat) -> [WaveChunks.Chunk] {
    let isFloat = format.encoding.isFloat
    let isPlain =
      format.channelCount <= 2 && (isFloat || (format.encoding.integerBits ?? 0) <= 16)
    let tag: UInt16 = isFloat ? 3 : 1
    var bytes = littleEndian(isPlain ? tag : 0xFFFE)
    bytes += littleEndian(UInt16(format.channelCount))
    bytes += littleEndian(UInt32(format.sampleRate))
    bytes += littleEndian(UInt32(format.sampleRate * format.frameByteCount))
    bytes += littleEndian(UInt16(format.frameByteCount))
    bytes += littleEndian(UInt16(format.encoding.byteCount * 8))
    if !isPlain {
      bytes += littleEndian(UInt16(22)) + littleEndian(UInt16(format.encoding.byteCount * 8))
      bytes += littleEndian(masks[format.channelCount - 1]) + littleEndian(tag)
      bytes += [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71]
    } else if isFloat {
      bytes += [0, 0]
    }
    let formatChunk = WaveChunks.Chunk("fmt ", bytes)
    return isFloat ? [formatChunk, WaveChunks.Chunk("fact", [0, 0, 0, 0])] : [formatChunk]
  }
}
