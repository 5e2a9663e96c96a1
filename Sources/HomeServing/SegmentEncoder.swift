import AudioStreams
import CFLAC
import MovieFragments

/// Encodes the samples of one segment into FLAC frames, the same ones every time.
final class SegmentEncoder {
  /// The frames, one behind the other.
  private(set) var bytes: [UInt8] = []
  /// The bytes of each.
  private(set) var sizes: [UInt32] = []
  /// The samples of each.
  private(set) var lengths: [UInt32] = []

  private let encoder: UnsafeMutablePointer<FLAC__StreamEncoder>

  /// - Throws: `AudioError.encoder`.
  init(_ track: MovieSoundTrack, name: String) throws {
    guard let encoder = FLAC__stream_encoder_new() else {
      throw AudioError.encoder(name, "no memory")
    }
    self.encoder = encoder
    FLAC__stream_encoder_set_sample_rate(encoder, UInt32(track.sampleRate))
    FLAC__stream_encoder_set_channels(encoder, UInt32(track.channelCount))
    FLAC__stream_encoder_set_bits_per_sample(encoder, UInt32(track.bits))
    FLAC__stream_encoder_set_compression_level(encoder, 2)
    FLAC__stream_encoder_set_blocksize(encoder, UInt32(track.frameLength))
    let status = FLAC__stream_encoder_init_stream(
      encoder,
      { _, bytes, count, samples, _, context in
        guard let context else { return FLAC__STREAM_ENCODER_WRITE_STATUS_FATAL_ERROR }
        let owner = Unmanaged<SegmentEncoder>.fromOpaque(context).takeUnretainedValue()
        // Metadata has no samples, and every frame comes in one call.
        if samples > 0 {
          owner.bytes.append(contentsOf: UnsafeBufferPointer(start: bytes, count: count))
          owner.sizes.append(UInt32(count))
          owner.lengths.append(samples)
        }
        return FLAC__STREAM_ENCODER_WRITE_STATUS_OK
      }, nil, nil, nil, Unmanaged.passUnretained(self).toOpaque())
    guard status == FLAC__STREAM_ENCODER_INIT_STATUS_OK else {
      throw AudioError.encoder(name, "libFLAC refuses (status \(status.rawValue))")
    }
  }

  deinit { FLAC__stream_encoder_delete(encoder) }

  /// Encodes interleaved samples.
  func append(_ samples: UnsafeBufferPointer<Int32>, channelCount: Int, name: String) throws {
    guard let first = samples.baseAddress else { return }
    let frames = UInt32(samples.count / channelCount)
    if FLAC__stream_encoder_process_interleaved(encoder, first, frames) == 0 {
      throw AudioError.encoder(name, "libFLAC fails")
    }
  }

  /// Encodes what is left.
  func finish(name: String) throws {
    if FLAC__stream_encoder_finish(encoder) == 0 {
      throw AudioError.encoder(name, "libFLAC fails at the end")
    }
  }
}
