import CSamplerate

/// Brings interleaved samples to another sample rate, as a stream and in constant memory.
///
/// The first sample of the output lies where the first of the input did: nothing is delayed.
package final class Resampler {
  /// How much work each sample is worth; the figures are those of libsamplerate's authors, and what
  /// `ResamplerTests` hold it to is 110 and 120 dB.
  package enum Quality: Sendable {
    /// Signal to noise 121 dB, 90 % of the band: enough in front of a codec.
    case medium
    /// Signal to noise 144 dB, 96 % of the band.
    case best
  }

  private let channelCount: Int
  private let ratio: Double
  private let state: OpaquePointer
  private let output: UnsafeMutableBufferPointer<Float>

  /// - Parameters:
  ///   - rate: of the input, in Hz.
  ///   - newRate: of the output, in Hz; between 1/256 and 256 times that of the input.
  ///   - channelCount: at least 1.
  ///   - quality: how good it is.
  /// - Throws: `ResamplingFault`.
  package init(from rate: Int, to newRate: Int, channelCount: Int, quality: Quality) throws {
    self.channelCount = channelCount
    ratio = Double(newRate) / Double(rate)
    var fault: CInt = 0
    let kind = quality == .best ? SRC_SINC_BEST_QUALITY : SRC_SINC_MEDIUM_QUALITY
    guard let state = src_new(CInt(kind), CInt(channelCount), &fault) else {
      throw ResamplingFault(code: fault)
    }
    self.state = state
    output = .allocate(capacity: 8192 * channelCount)
  }

  deinit {
    src_delete(state)
    output.deallocate()
  }

  /// Takes input and gives what it completes.
  ///
  /// - Parameters:
  ///   - samples: interleaved whole frames.
  ///   - isLast: whether the input ends with them.
  ///   - body: is given interleaved whole frames at the new rate, in pieces.
  /// - Throws: `ResamplingFault`, and what `body` throws.
  package func resample(
    _ samples: UnsafeBufferPointer<Float>, isLast: Bool = false,
    _ body: (UnsafeBufferPointer<Float>) throws -> Void
  ) throws {
    var data = SRC_DATA()
    // Even where there is nothing to read the library wants an address.
    data.data_in = samples.baseAddress ?? UnsafePointer(output.baseAddress)
    data.input_frames = samples.count / channelCount
    data.data_out = output.baseAddress
    data.output_frames = output.count / channelCount
    data.end_of_input = isLast ? 1 : 0
    data.src_ratio = ratio
    while true {
      let fault = src_process(state, &data)
      if fault != 0 { throw ResamplingFault(code: fault) }
      let count = data.output_frames_gen * channelCount
      if count > 0 { try body(UnsafeBufferPointer(rebasing: output[..<count])) }
      data.data_in += data.input_frames_used * channelCount
      data.input_frames -= data.input_frames_used
      if count == 0, data.input_frames == 0 { return }
    }
  }
}
