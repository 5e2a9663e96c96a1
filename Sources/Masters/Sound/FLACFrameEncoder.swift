import CFLAC

/// An encoder that gives FLAC frames of one symbol each, without the header of a file.
final class FLACFrameEncoder {
  /// The frames that have been made since `removeFrames`.
  private(set) var bytes: [UInt8] = []
  /// The length of every frame since the beginning.
  private(set) var sizes: [UInt32] = []

  private let encoder: UnsafeMutablePointer<FLAC__StreamEncoder>

  /// Prepares an encoder of compression 5 within the streamable subset.
  ///
  /// - Throws: `EncoderFault`.
  init(sampleRate: Int, channelCount: Int, bits: Int, symbolFrames: Int) throws {
    guard let encoder = FLAC__stream_encoder_new() else { throw EncoderFault("no memory") }
    self.encoder = encoder
    FLAC__stream_encoder_set_sample_rate(encoder, UInt32(sampleRate))
    FLAC__stream_encoder_set_channels(encoder, UInt32(channelCount))
    FLAC__stream_encoder_set_bits_per_sample(encoder, UInt32(bits))
    FLAC__stream_encoder_set_streamable_subset(encoder, 1)
    FLAC__stream_encoder_set_compression_level(encoder, 5)
    FLAC__stream_encoder_set_blocksize(encoder, UInt32(symbolFrames))
    let context = Unmanaged.passUnretained(self).toOpaque()
    let status = FLAC__stream_encoder_init_stream(
      encoder,
      { _, bytes, count, samples, _, context in
        guard let context else { return FLAC__STREAM_ENCODER_WRITE_STATUS_FATAL_ERROR }
        let owner = Unmanaged<FLACFrameEncoder>.fromOpaque(context).takeUnretainedValue()
        // Metadata has no samples, and every frame comes in one call.
        if samples > 0 { owner.take(UnsafeBufferPointer(start: bytes, count: count)) }
        return FLAC__STREAM_ENCODER_WRITE_STATUS_OK
      }, nil, nil, nil, context)
    guard status == FLAC__STREAM_ENCODER_INIT_STATUS_OK else {
      throw EncoderFault("libFLAC refuses (init status \(status.rawValue))")
    }
  }

  deinit { FLAC__stream_encoder_delete(encoder) }

  private func take(_ frame: UnsafeBufferPointer<UInt8>) {
    bytes.append(contentsOf: frame)
    sizes.append(UInt32(frame.count))
  }

  /// Encodes interleaved samples.
  func append(_ samples: UnsafePointer<Int32>, frames: Int) throws {
    if FLAC__stream_encoder_process_interleaved(encoder, samples, UInt32(frames)) == 0 {
      throw fault
    }
  }

  /// Encodes what is left.
  func finish() throws {
    if FLAC__stream_encoder_finish(encoder) == 0 { throw fault }
  }

  /// Forgets the bytes of frames; their lengths stay.
  func removeFrames() { bytes.removeAll(keepingCapacity: true) }

  private var fault: EncoderFault {
    EncoderFault("libFLAC fails (state \(FLAC__stream_encoder_get_state(encoder).rawValue))")
  }
}

/// Why libFLAC does not encode.
struct EncoderFault: Error {
  let reason: String

  init(_ reason: String) { self.reason = reason }
}
