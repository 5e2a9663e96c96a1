package import CommandLineSupport

/// An audio output as a stream of frames.
///
/// The same samples give the same bytes, except in Ogg, whose serial numbers are random.
///
///     let format = reader.format.written(as: try .forOutput(option: nil, path: path))
///     let writer = try AudioWriter(
///       to: output, format: format, metadata: reader.metadata, frameCount: reader.frameCount)
///     try writer.write(samples)
///     try writer.finish(metadata: reader.metadata)
package final class AudioWriter {
  private enum Backend {
    case wave(WaveWriter)
    case sndfile(SndfileWriter)
  }

  private let backend: Backend
  private let output: OutputFile
  private let metadata: AudioMetadata
  /// What is written; the encoding is the nearest one the container has.
  package let format: AudioFormat

  /// Prepares the output; nothing is written yet in the case of WAVE.
  ///
  /// - Parameters:
  ///   - output: made final by `finish(metadata:)`.
  ///   - format: the container decides how its encoding is taken, see `SampleEncoding.nearest`.
  ///   - metadata: what is known of it by now.
  ///   - frameCount: how many frames will come, if that is certain; it makes the header of a WAVE
  ///     file on a pipe exact.
  ///   - quality: for Vorbis, Opus and MP3, 0 (smallest) to 1 (best); nil is the codec's default.
  /// - Throws: `AudioError.unsuitable`, `.channels` or `.sampleRate`; `SystemError`.
  package init(
    to output: OutputFile, format: AudioFormat, metadata: AudioMetadata = AudioMetadata(),
    frameCount: Int? = nil, quality: Double? = nil
  ) throws {
    let format = format.written(as: format.container)
    try format.check(name: output.name)
    self.output = output
    self.metadata = metadata
    self.format = format
    switch format.container {
    case .wav, .rf64:
      backend = .wave(WaveWriter(output, format, metadata, frameCount: frameCount))
    case .other: throw AudioError.unknownContainer(format.container.rawValue)
    default:
      backend = .sndfile(try SndfileWriter(output, format, metadata, quality: quality))
    }
  }

  /// Writes interleaved whole frames, full scale 1.0.
  ///
  /// Integers are rounded half to even and limited to their range.
  ///
  /// - Throws: `SystemError`, or `AudioError.encoder`.
  package func write(_ samples: UnsafeBufferPointer<Float>) throws {
    switch backend {
    case .wave(let writer): try writer.write(samples, encode)
    case .sndfile(let writer): try writer.write(samples)
    }
  }

  /// Writes interleaved whole frames without loss in every encoding; see the other method.
  package func write(_ samples: UnsafeBufferPointer<Double>) throws {
    switch backend {
    case .wave(let writer): try writer.write(samples, encode)
    case .sndfile(let writer): try writer.write(samples)
    }
  }

  /// Completes the file and makes the output final.
  ///
  /// - Parameter metadata: the reader's at its end, when the chunks behind the samples are known;
  ///   nil for what was given at the beginning.
  /// - Throws: `SystemError`, or `AudioError.encoder`; a named output then does not exist.
  package func finish(metadata: AudioMetadata? = nil) throws {
    switch backend {
    case .wave(let writer): try writer.finish(metadata ?? self.metadata)
    case .sndfile(let writer): try writer.finish()
    }
    try output.finish()
  }
}
