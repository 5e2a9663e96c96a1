/// A recording of which both variants are at hand, to compare a copy with.
package struct MarkedHost {
  /// Frames a second.
  package let sampleRate: Int
  /// Interleaved channels.
  package let channelCount: Int
  /// Frames.
  package let frameCount: Int
  /// Gives samples of a variant; frames outside the recording are silence.
  package let read: (MarkVariant, Range<Int>, UnsafeMutableBufferPointer<Float>) throws -> Void

  /// - Parameters:
  ///   - sampleRate: frames a second.
  ///   - channelCount: interleaved channels.
  ///   - frameCount: frames.
  ///   - read: gives samples of a variant, full scale 1.0; frames outside the recording are silence.
  package init(
    sampleRate: Int, channelCount: Int, frameCount: Int,
    read: @escaping (MarkVariant, Range<Int>, UnsafeMutableBufferPointer<Float>) throws -> Void
  ) {
    self.sampleRate = sampleRate
    self.channelCount = channelCount
    self.frameCount = frameCount
    self.read = read
  }

  /// Spectra of a stretch, whose first frame begins at a sample.
  ///
  /// - Parameters:
  ///   - variant: which of the two.
  ///   - start: the sample, perhaps before the beginning.
  ///   - frames: how many feature frames.
  /// - Returns: the spectra.
  /// - Throws: what `read` throws.
  func spectra(_ variant: MarkVariant, from start: Int, frames: Int) throws -> SpectrumMap {
    let spectra = SpectrumMap(
      sampleRate: sampleRate, channelCount: channelCount, capacity: frames)
    let block = 1 << 15
    let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: block * channelCount)
    defer { buffer.deallocate() }
    guard let samples = buffer.baseAddress else { return spectra }
    var next = start
    while !spectra.isFull {
      try read(variant, next..<next + block, buffer)
      _ = spectra.append(samples, frames: block)
      next += block
    }
    return spectra
  }
}
