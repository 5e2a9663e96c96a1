import CommandLineSupport

/// Writes a WAVE file as a stream, its other chunks byte for byte in their places.
///
/// With a known number of frames the header is final from the start; it is RF64 when RIFF's 4 GiB
/// do not suffice. Without it a seekable output gets its sizes at the end, and becomes RF64 if need
/// be by means of a `JUNK` chunk kept free; a pipe gets the sizes 0xFFFFFFFF.
final class WaveWriter {
  private let output: OutputFile
  private let format: AudioFormat
  private var wave: WaveChunks?
  private let expectedFrames: Int?
  private let isStreamed: Bool
  private var header: [UInt8] = []
  private var factOffset: Int?
  private var framesWritten = 0
  private let staging: UnsafeMutableRawBufferPointer
  private let framesInStaging: Int
  private var framesStaged = 0

  /// The largest RIFF size; beyond it lie the values that mean "unknown".
  private static let largestRIFF: Int64 = 0xFFFF_FF00 - 1

  init(
    _ output: OutputFile, _ format: AudioFormat, _ metadata: AudioMetadata, frameCount: Int?
  ) {
    self.output = output
    self.format = format
    wave = metadata.wave
    expectedFrames = frameCount
    isStreamed = frameCount == nil && !output.isSeekable
    // Pieces that a pipe takes at once; files are cheaper in larger ones.
    framesInStaging = (output.isSeekable ? 256 : 64) * 1024 / format.frameByteCount
    staging = .allocate(byteCount: framesInStaging * format.frameByteCount + 8, alignment: 64)
    buildHeader(tags: metadata.tags)
  }

  deinit { staging.deallocate() }

  /// Writes interleaved frames.
  func write<Sample>(
    _ samples: UnsafeBufferPointer<Sample>,
    _ encode: (UnsafePointer<Sample>, Int, SampleEncoding, UnsafeMutableRawPointer) -> Void
  ) throws {
    try writeHeader()
    let frames = samples.count / format.channelCount
    guard let first = samples.baseAddress, let bytes = staging.baseAddress else { return }
    var done = 0
    while done < frames {
      let count = min(frames - done, framesInStaging - framesStaged)
      encode(
        first + done * format.channelCount, count * format.channelCount, format.encoding,
        bytes + framesStaged * format.frameByteCount)
      framesStaged += count
      done += count
      if framesStaged == framesInStaging { try flush() }
    }
    framesWritten += frames
  }

  private func flush() throws {
    let bytes = framesStaged * format.frameByteCount
    framesStaged = 0
    try output.write(UnsafeRawBufferPointer(rebasing: staging[..<bytes]))
  }

  /// Writes what comes behind the samples and puts the sizes right where that is possible.
  ///
  /// - Parameter metadata: the chunks as known at the end of the input.
  /// - Throws: `SystemError`.
  func finish(_ metadata: AudioMetadata) throws {
    try writeHeader()
    try flush()
    if let final = metadata.wave { wave = final }
    if isStreamed { return }
    if dataByteCount % 2 == 1 { try output.write(bytes: [0]) }
    if let wave { try output.write(bytes: wave.after) }
    guard output.isSeekable else { return }
    let before = header
    setSizes(frames: framesWritten)
    if header != before { try header.withUnsafeBytes { try output.write($0, at: 0) } }
  }

  private var dataByteCount: Int64 { Int64(framesWritten) * Int64(format.frameByteCount) }

  private var isHeaderWritten = false

  private func writeHeader() throws {
    guard !isHeaderWritten else { return }
    isHeaderWritten = true
    try output.write(bytes: header)
  }

  // MARK: Header

  private func buildHeader(tags: [AudioMetadata.Tag: String]) {
    var chunks = wave?.before ?? []
    // A `fmt ` chunk is kept with all it says beyond the format, such as a channel mask.
    var kept = wave?.format
    kept?.container = format.container
    if kept != format {
      chunks.removeAll { $0.has("fmt ") || $0.has("fact") }
      chunks.insert(contentsOf: WaveFormatChunk.chunks(for: format), at: 0)
    }
    if wave == nil, let list = WaveTags.chunk(for: tags) { chunks.append(list) }
    let size = chunks.reduce(0) { $0 + Int64($1.serialized.count) } + 12 + 8
    let data = expectedFrames.map { Int64($0) * Int64(format.frameByteCount) }
    let after = Int64(wave?.afterInsideRIFF ?? 0)
    let isLarge = data.map { size + $0 + 1 + after > Self.largestRIFF } ?? false
    let hasSpace = chunks.first.map { $0.has("JUNK") && $0.bytes.count >= 28 } ?? false
    let is64 = format.container == .rf64 || isLarge
    if !hasSpace, is64 || (data == nil && output.isSeekable) {
      chunks.insert(WaveChunks.Chunk("JUNK", [UInt8](repeating: 0, count: 28)), at: 0)
    }
    header = Array("RIFF".utf8) + littleEndian(UInt32.max) + Array("WAVE".utf8)
    for chunk in chunks {
      if chunk.has("fact"), chunk.bytes.count >= 4 { factOffset = header.count + 8 }
      header += chunk.serialized
    }
    header += Array("data".utf8) + littleEndian(UInt32.max)
    if let expectedFrames {
      setSizes(frames: expectedFrames)
    } else {
      if let factOffset { put(UInt32.max, at: factOffset) }
      if is64 { makeRF64(riff: 0, data: 0, frames: 0) }
    }
  }

  private func setSizes(frames: Int) {
    let data = Int64(frames) * Int64(format.frameByteCount)
    let riff =
      Int64(header.count) - 8 + data + data % 2 + Int64(wave?.afterInsideRIFF ?? 0)
    if let factOffset { put(UInt32(clamping: frames), at: factOffset) }
    if format.container == .rf64 || riff > Self.largestRIFF {
      makeRF64(riff: riff, data: data, frames: Int64(frames))
    } else {
      put(UInt32(riff), at: 4)
      put(UInt32(data), at: header.count - 4)
    }
  }

  /// Turns the free chunk behind the first twelve bytes into `ds64`, where one is.
  private func makeRF64(riff: Int64, data: Int64, frames: Int64) {
    let first = header[12..<16]
    guard first.elementsEqual("JUNK".utf8) || first.elementsEqual("ds64".utf8) else { return }
    header.replaceSubrange(0..<4, with: "RF64".utf8)
    header.replaceSubrange(12..<16, with: "ds64".utf8)
    put(UInt32.max, at: 4)
    put(UInt64(riff), at: 20)
    put(UInt64(data), at: 28)
    put(UInt64(frames), at: 36)
    put(UInt32(0), at: 44)
    put(UInt32.max, at: header.count - 4)
  }

  private func put(_ value: some FixedWidthInteger, at offset: Int) {
    let bytes = littleEndian(value)
    header.replaceSubrange(offset..<offset + bytes.count, with: bytes)
  }
}

extension OutputFile {
  /// Writes the bytes of an array at the end.
  func write(bytes: [UInt8]) throws {
    try bytes.withUnsafeBytes { try write($0) }
  }
}
