package import AudioMark
import AudioStreams

extension Master {
  /// Reads samples of a variant.
  ///
  /// - Parameters:
  ///   - variant: which of the two.
  ///   - frames: which of its frames; those before its beginning and behind its end are silence.
  ///   - samples: room for them, interleaved, full scale 1.0.
  /// - Throws: `SystemError`, or `MasterError.wrongSize` when the part has become shorter.
  package func read(
    _ variant: MarkVariant, frames: Range<Int>, into samples: UnsafeMutableBufferPointer<Float>
  ) throws {
    let format = manifest.format
    let channels = format.channelCount
    precondition(samples.count >= frames.count * channels)
    samples.update(repeating: 0)
    let within = frames.clamped(to: 0..<manifest.frameCount)
    guard !within.isEmpty, let first = samples.baseAddress else { return }
    let stored = UnsafeMutableRawBufferPointer.allocate(
      byteCount: within.count * format.frameByteCount + 1, alignment: 64)
    defer { stored.deallocate() }
    try read(
      .samples(variant), at: Int64(within.lowerBound * format.frameByteCount),
      into: UnsafeMutableRawBufferPointer(rebasing: stored.dropLast()))
    guard let bytes = stored.baseAddress else { return }
    StoredSamples.decode(
      bytes, format.encoding, within.count * channels,
      into: first + (within.lowerBound - frames.lowerBound) * channels)
  }
}
