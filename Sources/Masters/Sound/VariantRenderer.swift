import AudioMark
import AudioStreams
import CommandLineSupport

/// Makes one variant: marks, stores and encodes a chunk of the recording at a time.
final class VariantRenderer<Sample: RenderedSample> {
  /// The samples of the last chunk as they are stored.
  var stored: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: bytes[..<storedByteCount])
  }

  private let stream: MarkingStream
  private let format: AudioFormat
  private let samples: UnsafeMutableBufferPointer<Sample>
  private let bytes: UnsafeMutableRawBufferPointer
  private let integers: UnsafeMutableBufferPointer<Int32>
  private var storedByteCount = 0
  private let encoder: FLACFrameEncoder?
  private var samplesPart: PartWriter?
  private var framesPart: PartWriter?

  /// - Parameters:
  ///   - variant: which of the two.
  ///   - stream: what marks it.
  ///   - format: what is stored.
  ///   - mostFrames: the longest chunk.
  ///   - keepsSamples: whether there is a part with the samples.
  ///   - folder: where the parts go.
  /// - Throws: `SystemError` or `EncoderFault`.
  init(
    _ variant: MarkVariant, stream: MarkingStream, format: AudioFormat, mostFrames: Int,
    keepsSamples: Bool, in folder: OutputFolder
  ) throws {
    self.stream = stream
    self.format = format
    samplesPart = keepsSamples ? try PartWriter(.samples(variant), in: folder) : nil
    encoder = try format.symbolFrames.map { symbolFrames in
      try FLACFrameEncoder(
        sampleRate: format.sampleRate, channelCount: format.channelCount,
        bits: 8 * format.encoding.byteCount, symbolFrames: symbolFrames)
    }
    framesPart = encoder == nil ? nil : try PartWriter(.frames(variant), in: folder)
    let most = mostFrames * format.channelCount
    samples = .allocate(capacity: most)
    // One byte more for the encoding of 24 bits.
    bytes = .allocate(byteCount: most * format.encoding.byteCount + 8, alignment: 64)
    integers = .allocate(capacity: encoder == nil ? 0 : most)
  }

  deinit {
    samples.deallocate()
    bytes.deallocate()
    integers.deallocate()
  }

  /// Makes the next chunk.
  ///
  /// - Parameters:
  ///   - source: interleaved samples of the source.
  ///   - isLast: whether the recording ends with it; otherwise it ends with a symbol.
  /// - Throws: `MarkingError`, `SystemError` or `EncoderFault`.
  func render(_ source: UnsafeBufferPointer<Sample>, isLast: Bool) throws {
    guard let from = source.baseAddress, let to = samples.baseAddress,
      let stored = bytes.baseAddress
    else { return }
    to.update(from: from, count: source.count)
    let frames = source.count / format.channelCount
    var done = 0
    while done < frames || isLast {
      let wanted = stream.nextFrames
      let count = min(wanted, frames - done)
      try Sample.mark(stream, to + done * format.channelCount, frames: count)
      done += count
      if count < wanted { break }
    }
    Sample.encode(to, source.count, as: format.encoding, into: stored)
    storedByteCount = source.count * format.encoding.byteCount
    try samplesPart?.write(self.stored)
    try encode(source.count, isLast: isLast)
  }

  private func encode(_ count: Int, isLast: Bool) throws {
    guard let encoder, let to = integers.baseAddress, let from = bytes.baseAddress else { return }
    switch format.encoding.byteCount {
    case 1:
      let stored = from.assumingMemoryBound(to: UInt8.self)
      for i in 0..<count { to[i] = Int32(stored[i]) - 128 }
    case 2:
      let stored = from.assumingMemoryBound(to: Int16.self)
      for i in 0..<count { to[i] = Int32(Int16(littleEndian: stored[i])) }
    default:
      for i in 0..<count {
        let four = from.loadUnaligned(fromByteOffset: 3 * i, as: Int32.self)
        to[i] = (Int32(littleEndian: four) << 8) >> 8
      }
    }
    if count > 0 { try encoder.append(to, frames: count / format.channelCount) }
    if isLast { try encoder.finish() }
    try encoder.bytes.withUnsafeBytes { try framesPart?.write($0) }
    encoder.removeFrames()
  }

  /// What the manifest says about the parts, and the lengths of all FLAC frames.
  func finish() -> (records: [PartRecord], frameSizes: [UInt32]) {
    let frames = framesPart?.finish()
    return ([frames, samplesPart?.finish()].compactMap(\.self), encoder?.sizes ?? [])
  }
}

extension AudioFormat {
  /// The frames of a symbol, nil where symbols differ in length.
  package var symbolFrames: Int? {
    sampleRate.isMultiple(of: MarkGeometry.symbolRate)
      ? sampleRate / MarkGeometry.symbolRate : nil
  }

  /// The first frame of a symbol.
  func firstFrame(ofSymbol symbol: Int) -> Int {
    SymbolMarker.start(ofSymbol: symbol, sampleRate: sampleRate)
  }
}
