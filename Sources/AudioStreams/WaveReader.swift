import CommandLineSupport

/// Reads the samples of a WAVE file as a stream.
///
/// A stream that ends early gives the whole frames it has and a warning; so does one that ends in
/// the middle of a frame, whose bytes are dropped.
final class WaveReader {
  let format: AudioFormat
  let frameCount: Int?
  private(set) var metadata: AudioMetadata
  private(set) var warnings: [String] = []
  private(set) var isTruncated = false

  private let source: ByteSource
  private let staging: UnsafeMutableRawBufferPointer
  private let framesInStaging: Int
  /// The frames in the staging buffer that have not been asked for yet.
  private var staged = 0..<0
  private let announced: Int64?
  /// Where the samples begin.
  let first: Int64
  /// The bytes of samples still to come; at most what was announced.
  private var remaining: Int64
  private var framesRead = 0
  private var isAtEnd = false

  /// Takes a source that stands behind the header.
  init(_ source: ByteSource, _ header: WaveHeader) throws {
    self.source = source
    first = source.position
    format = header.format
    let frame = Int64(format.frameByteCount)
    announced = header.dataByteCount
    remaining = announced ?? .max
    var wave = WaveChunks(
      format: format, before: header.chunks, after: [],
      afterInsideRIFF: Int(min(header.announcedAfter, Int64(WaveHeader.largestChunks))))
    if let length = source.length {
      let present = max(length - source.position, 0)
      frameCount = Int(min(present, announced ?? present) / frame)
      isTruncated = announced.map { $0 > present } ?? (present % frame != 0)
      if let announced, announced < present {
        try Self.readAfter(source, announced, &wave, &warnings)
      } else {
        wave.afterInsideRIFF = 0
      }
    } else {
      frameCount = announced.map { Int($0 / frame) }
    }
    metadata = AudioMetadata(tags: WaveTags.tags(in: wave), wave: wave)
    // 64 KiB are what a pipe holds and stay in the cache; small blocks cost no system calls. 8 bytes
    // to spare for the three-byte samples.
    framesInStaging = 64 * 1024 / format.frameByteCount
    staging = .allocate(byteCount: framesInStaging * format.frameByteCount + 8, alignment: 64)
    if frameCount == 0 { throw AudioError.noSamples(source.name) }
  }

  deinit { staging.deallocate() }

  /// Reads interleaved frames; fewer than fit only at the end, then 0.
  func read<Sample>(
    into samples: UnsafeMutableBufferPointer<Sample>,
    _ decode: (UnsafeRawPointer, SampleEncoding, Int, UnsafeMutablePointer<Sample>) -> Void
  ) throws -> Int {
    let wanted = samples.count / format.channelCount
    var done = 0
    guard let first = samples.baseAddress, let bytes = staging.baseAddress else { return 0 }
    while done < wanted {
      if staged.isEmpty {
        if isAtEnd { break }
        try refill()
      }
      let frames = min(wanted - done, staged.count)
      decode(
        UnsafeRawPointer(bytes) + staged.lowerBound * format.frameByteCount, format.encoding,
        frames * format.channelCount, first + done * format.channelCount)
      staged.removeFirst(frames)
      done += frames
    }
    return done
  }

  /// Moves to a frame.
  func seek(toFrame frame: Int) throws {
    let size = Int64(format.frameByteCount)
    let frame = min(max(frame, 0), frameCount ?? .max / Int(size))
    guard source.seek(to: first + Int64(frame) * size) else {
      throw AudioError.damaged(source.name, "no place of it can be returned to")
    }
    staged = 0..<0
    isAtEnd = frame == frameCount
    remaining = (announced ?? .max) - Int64(frame) * size
    framesRead = frame
  }

  private func refill() throws {
    let size = Int(min(Int64(framesInStaging * format.frameByteCount), remaining))
    let count = try source.read(into: UnsafeMutableRawBufferPointer(rebasing: staging[..<size]))
    remaining -= Int64(count)
    staged = 0..<count / format.frameByteCount
    framesRead += staged.count
    if count < size || remaining < format.frameByteCount {
      try finish(leftOver: count % format.frameByteCount)
    }
  }

  private func finish(leftOver: Int) throws {
    isAtEnd = true
    if framesRead == 0 { throw AudioError.noSamples(source.name) }
    if leftOver > 0 { isTruncated = true }
    if let announced, remaining >= format.frameByteCount {
      isTruncated = true
      let expected = announced / Int64(format.frameByteCount)
      warnings.append(
        "\(source.name) ends after \(framesRead) of \(expected) frames")
    }
    if leftOver > 0 {
      warnings.append(
        "\(source.name) ends in the middle of a frame; its last \(leftOver) bytes are dropped")
    }
    guard let announced, !source.isSeekable, remaining < format.frameByteCount,
      var wave = metadata.wave
    else { return }
    // Bytes that fill no frame at the end of the data chunk.
    _ = try source.bytes(Int(remaining))
    if announced % 2 == 1 { _ = try source.bytes(1) }
    try Self.takeAfter(source, &wave, &warnings)
    metadata.wave = wave
  }

  /// Reads what stands behind the samples of a seekable source and returns to the samples.
  private static func readAfter(
    _ source: ByteSource, _ dataByteCount: Int64, _ wave: inout WaveChunks,
    _ warnings: inout [String]
  ) throws {
    let first = source.position
    guard source.seek(to: first + dataByteCount + dataByteCount % 2) else { return }
    try takeAfter(source, &wave, &warnings)
    _ = source.seek(to: first)
  }

  private static func takeAfter(
    _ source: ByteSource, _ wave: inout WaveChunks, _ warnings: inout [String]
  ) throws {
    let bytes = try source.bytes(WaveHeader.largestChunks + 1)
    guard bytes.count <= WaveHeader.largestChunks else {
      warnings.append(
        "\(source.name) has more than 64 MiB behind its samples, which are not kept")
      wave.afterInsideRIFF = 0
      return
    }
    wave.after = bytes
    wave.afterInsideRIFF = min(wave.afterInsideRIFF, bytes.count)
  }
}
