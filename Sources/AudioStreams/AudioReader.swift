package import CommandLineSupport

/// An audio input as a stream of frames, from a file or a pipe, of any kind that is known.
///
/// The kind is found from the first bytes, never from the name. Plain WAVE is read by code of our
/// own, which keeps all other chunks; everything else by libsndfile.
///
///     let reader = try AudioReader(path: "-")
///     while case let count = try reader.read(into: buffer), count > 0 { ... }
package final class AudioReader {
  private enum Backend {
    case wave(WaveReader)
    case sndfile(SndfileReader)
  }

  private let backend: Backend
  /// The number of frames as the header has it, which is not always true, such as in MP3; nil where
  /// nothing is said.
  package let announcedFrameCount: Int?
  /// What messages call the input.
  package let name: String
  /// Rate, channels, container and encoding.
  package let format: AudioFormat
  /// The number of frames where it is known and can be relied on, otherwise nil.
  package let frameCount: Int?

  /// Opens an input.
  ///
  /// - Parameters:
  ///   - path: a file, or `-` for standard input.
  ///   - raw: for samples without header, what they are; nil for all else.
  /// - Throws: `SystemError`, or an `AudioError` that says why it is no audio we take.
  package convenience init(path: String, raw: RawFormat? = nil) throws {
    try self.init(ByteSource(path: path), raw: raw)
  }

  /// Opens an input that stands at its first byte.
  ///
  /// - Parameters:
  ///   - source: the bytes.
  ///   - raw: for samples without header, what they are; nil for all else.
  /// - Throws: as the other one.
  package init(_ source: ByteSource, raw: RawFormat? = nil) throws {
    name = source.name
    let first = try source.bytes(12)
    if first.isEmpty { throw AudioError.empty(name) }
    _ = source.seek(to: 0)
    if raw == nil, AudioContainer.detected(in: first) != nil {
      if let header = try WaveHeader(parsing: source) {
        let reader = try WaveReader(source, header)
        backend = .wave(reader)
        format = reader.format
        frameCount = reader.frameCount
        announcedFrameCount = reader.frameCount
        return
      }
      guard source.seek(to: 0) else {
        throw AudioError.badHeader(name, "the header is too long for coded samples on a pipe")
      }
    }
    let reader = try SndfileReader(source, raw: raw)
    backend = .sndfile(reader)
    format = reader.format
    frameCount = reader.frameCount
    announcedFrameCount = reader.announcedFrameCount
  }

  /// Tags and foreign chunks; complete when the last frame has been read.
  package var metadata: AudioMetadata {
    switch backend {
    case .wave(let reader): reader.metadata
    case .sndfile(let reader): reader.metadata
    }
  }

  /// What the user should hear of, such as an input cut short; complete at the end.
  package var warnings: [String] {
    switch backend {
    case .wave(let reader): reader.warnings
    case .sndfile(let reader): reader.warnings
    }
  }

  /// Whether the input has ended before what it announced, or in the middle of a frame; complete at
  /// the end.
  package var isTruncated: Bool {
    switch backend {
    case .wave(let reader): reader.isTruncated
    case .sndfile(let reader): reader.isTruncated
    }
  }

  /// Reads interleaved frames, full scale 1.0.
  ///
  /// Infinities and not-a-number in floating-point files are passed on; see `firstNonFinite(in:)`.
  ///
  /// - Parameter samples: as many whole frames as fit are read.
  /// - Returns: the number of frames; fewer than fit only at the end, and 0 from then on.
  /// - Throws: `SystemError`, or `AudioError.damaged` and `.noSamples`.
  package func read(into samples: UnsafeMutableBufferPointer<Float>) throws -> Int {
    switch backend {
    case .wave(let reader): try reader.read(into: samples, decode)
    case .sndfile(let reader): try reader.read(into: samples)
    }
  }

  /// Reads interleaved frames without loss from every encoding; see the other method.
  package func read(into samples: UnsafeMutableBufferPointer<Double>) throws -> Int {
    switch backend {
    case .wave(let reader): try reader.read(into: samples, decode)
    case .sndfile(let reader): try reader.read(into: samples)
    }
  }

  /// Reads interleaved frames of 16 bits as they are stored; only where the encoding is `int16`.
  ///
  /// - Parameter samples: as many whole frames as fit are read.
  /// - Returns: the number of frames, as the other methods.
  /// - Throws: as the other methods.
  package func read(into samples: UnsafeMutableBufferPointer<Int16>) throws -> Int {
    precondition(format.encoding == .int16)
    return switch backend {
    case .wave(let reader): try reader.read(into: samples, copyStored)
    case .sndfile(let reader): try reader.read(into: samples)
    }
  }

  /// Where the samples begin in an input that stores them one behind the other and uncompressed; nil for
  /// others.
  package var placeOfSamples: Int64? {
    switch backend {
    case .wave(let reader): reader.first
    case .sndfile: nil
    }
  }

  /// Moves to a frame of an input that can be read at any place, whose number of frames is known or
  /// which libsndfile can move in.
  ///
  /// - Parameter frame: the frame that is read next, from 0; behind the last one nothing is read.
  /// - Throws: `SystemError`, or `AudioError.damaged` when it cannot be reached.
  package func seek(toFrame frame: Int) throws {
    switch backend {
    case .wave(let reader): try reader.seek(toFrame: frame)
    case .sndfile(let reader): try reader.seek(toFrame: frame)
    }
  }
}
