/// The bytes of a WAVE file in front of its samples.
package struct WaveFileHeader {
  /// The bytes, ending with the head of the `data` chunk.
  package private(set) var bytes: [UInt8]
  private let format: AudioFormat
  private var factOffset: Int?

  /// The largest RIFF size; beyond it lie the values that mean "unknown".
  private static let largestRIFF: Int64 = 0xFFFF_FF00 - 1

  /// Makes the header: RF64 where that is asked for or RIFF's 4 GiB do not suffice.
  ///
  /// - Parameters:
  ///   - format: the container is `wav` or `rf64`.
  ///   - metadata: chunks that are kept, or without any the tags.
  ///   - frameCount: nil while it is unknown.
  ///   - canBeChanged: whether an unknown count is put in later, so that room is kept for RF64.
  package init(
    _ format: AudioFormat, _ metadata: AudioMetadata, frameCount: Int?, canBeChanged: Bool = false
  ) {
    self.format = format
    let wave = metadata.wave
    var chunks = wave?.before ?? []
    // A `fmt ` chunk is kept with all it says beyond the format, such as a channel mask.
    var kept = wave?.format
    kept?.container = format.container
    if kept != format {
      chunks.removeAll { $0.has("fmt ") || $0.has("fact") }
      chunks.insert(contentsOf: WaveFormatChunk.chunks(for: format), at: 0)
    }
    if wave == nil, let list = WaveTags.chunk(for: metadata.tags) { chunks.append(list) }
    let size = chunks.reduce(0) { $0 + Int64($1.serialized.count) } + 12 + 8
    let data = frameCount.map { Int64($0) * Int64(format.frameByteCount) }
    let after = Int64(wave?.afterInsideRIFF ?? 0)
    let isLarge = data.map { size + $0 + 1 + after > Self.largestRIFF } ?? false
    let hasSpace = chunks.first.map { $0.has("JUNK") && $0.bytes.count >= 28 } ?? false
    let is64 = format.container == .rf64 || isLarge
    if !hasSpace, is64 || (data == nil && canBeChanged) {
      chunks.insert(WaveChunks.Chunk("JUNK", [UInt8](repeating: 0, count: 28)), at: 0)
    }
    bytes = Array("RIFF".utf8) + littleEndian(UInt32.max) + Array("WAVE".utf8)
    for chunk in chunks {
      if chunk.has("fact"), chunk.bytes.count >= 4 { factOffset = bytes.count + 8 }
      bytes += chunk.serialized
    }
    bytes += Array("data".utf8) + littleEndian(UInt32.max)
    if let frameCount {
      setSizes(frames: frameCount, bytesAfter: Int(after))
    } else {
      if let factOffset { put(UInt32.max, at: factOffset) }
      if is64 { makeRF64(riff: 0, data: 0, frames: 0) }
    }
  }

  /// Puts the sizes in.
  ///
  /// - Parameters:
  ///   - frames: how many there are.
  ///   - bytesAfter: the bytes behind samples and padding that belong to the RIFF.
  mutating func setSizes(frames: Int, bytesAfter: Int) {
    let data = Int64(frames) * Int64(format.frameByteCount)
    let riff = Int64(bytes.count) - 8 + data + data % 2 + Int64(bytesAfter)
    if let factOffset { put(UInt32(clamping: frames), at: factOffset) }
    if format.container == .rf64 || riff > Self.largestRIFF {
      makeRF64(riff: riff, data: data, frames: Int64(frames))
    } else {
      put(UInt32(riff), at: 4)
      put(UInt32(data), at: bytes.count - 4)
    }
  }

  /// Turns the free chunk behind the first twelve bytes into `ds64`, where one is.
  private mutating func makeRF64(riff: Int64, data: Int64, frames: Int64) {
    let first = bytes[12..<16]
    guard first.elementsEqual("JUNK".utf8) || first.elementsEqual("ds64".utf8) else { return }
    bytes.replaceSubrange(0..<4, with: "RF64".utf8)
    bytes.replaceSubrange(12..<16, with: "ds64".utf8)
    put(UInt32.max, at: 4)
    put(UInt64(riff), at: 20)
    put(UInt64(data), at: 28)
    put(UInt64(frames), at: 36)
    put(UInt32(0), at: 44)
    put(UInt32.max, at: bytes.count - 4)
  }

  private mutating func put(_ value: some FixedWidthInteger, at offset: Int) {
    let number = littleEndian(value)
    bytes.replaceSubrange(offset..<offset + number.count, with: number)
  }
}
