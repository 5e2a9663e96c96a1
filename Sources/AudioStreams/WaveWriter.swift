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
  private let isStreamed: Bool
  private var header: WaveFileHeader
  private var framesWritten = 0
  private let staging: UnsafeMutableRawBufferPointer
  private let framesInStaging: Int
  private var framesStaged = 0

  init(
    _ output: OutputFile, _ format: AudioFormat, _ metadata: AudioMetadata, frameCount: Int?
  ) {
    self.output = output
    self.format = format
    wave = metadata.wave
    isStreamed = frameCount == nil && !output.isSeekable
    // Pieces that a pipe takes at once; files are cheaper in larger ones.
    framesInStaging = (output.isSeekable ? 256 : 64) * 1024 / format.frameByteCount
    staging = .allocate(byteCount: framesInStaging * format.frameByteCount + 8, alignment: 64)
    header = WaveFileHeader(
      format, metadata, frameCount: frameCount, canBeChanged: output.isSeekable)
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
    let before = header.bytes
    header.setSizes(frames: framesWritten, bytesAfter: wave?.afterInsideRIFF ?? 0)
    if header.bytes != before { try header.bytes.withUnsafeBytes { try output.write($0, at: 0) } }
  }

  private var dataByteCount: Int64 { Int64(framesWritten) * Int64(format.frameByteCount) }

  private var isHeaderWritten = false

  private func writeHeader() throws {
    guard !isHeaderWritten else { return }
    isHeaderWritten = true
    try output.write(bytes: header.bytes)
  }
}

extension OutputFile {
  /// Writes the bytes of an array at the end.
  func write(bytes: [UInt8]) throws {
    try bytes.withUnsafeBytes { try write($0) }
  }
}
