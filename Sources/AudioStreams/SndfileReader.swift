import CSndfile
import CommandLineSupport
import Glibc

/// Reads through libsndfile what is no plain WAVE.
final class SndfileReader {
  let format: AudioFormat
  let frameCount: Int?
  let announcedFrameCount: Int?
  let metadata: AudioMetadata
  private(set) var warnings: [String] = []
  private(set) var isTruncated = false

  private let name: String
  private let input: SndfileInput
  private let handle: OpaquePointer
  private var framesRead = 0

  /// Opens a source that stands at its first byte.
  init(_ source: ByteSource, raw: RawFormat?) throws {
    name = source.name
    input = SndfileInput(source)
    var info = SF_INFO()
    if let raw {
      info.samplerate = CInt(raw.sampleRate)
      info.channels = CInt(raw.channelCount)
      let order = raw.isBigEndian ? SF_ENDIAN_BIG : SF_ENDIAN_LITTLE
      info.format = CInt(SF_FORMAT_RAW | order) | SndfileFormat.subtype(raw.encoding, .raw)
    }
    guard
      let handle = sf_open_virtual(&input.functions, CInt(SFM_READ), &info, input.context)
    else {
      if let failure = input.failure { throw failure }
      throw AudioError.notAudio(name, SndfileFormat.reason(nil))
    }
    self.handle = handle
    format = AudioFormat(
      sampleRate: Int(info.samplerate), channelCount: Int(info.channels),
      container: SndfileFormat.container(info.format),
      encoding: SndfileFormat.encoding(info.format))
    metadata = AudioMetadata(tags: SndfileTags.read(handle))
    // MP3 headers promise what decoders do not always give, and pipes may have unfinished headers.
    let isCounted = source.isSeekable && format.container != .mp3
    let frames = Int(info.frames)
    announcedFrameCount = frames > 0 && frames < 1 << 40 && frames != 0x3FFF_FFFF ? frames : nil
    frameCount = isCounted ? announcedFrameCount ?? (frames == 0 ? 0 : nil) : nil
    try format.check(name: name)
    if frameCount == 0 { throw AudioError.noSamples(name) }
  }

  deinit { sf_close(handle) }

  /// Reads interleaved frames; fewer than fit only at the end, then 0.
  func read(into samples: UnsafeMutableBufferPointer<Float>) throws -> Int {
    try read(samples) { base, count in sf_readf_float(handle, base, count) }
  }

  /// Reads interleaved frames; fewer than fit only at the end, then 0.
  func read(into samples: UnsafeMutableBufferPointer<Double>) throws -> Int {
    try read(samples) { base, count in sf_readf_double(handle, base, count) }
  }

  /// Reads interleaved frames of 16 bits; fewer than fit only at the end, then 0.
  func read(into samples: UnsafeMutableBufferPointer<Int16>) throws -> Int {
    try read(samples) { base, count in sf_readf_short(handle, base, count) }
  }

  /// Moves to a frame.
  func seek(toFrame frame: Int) throws {
    let target = sf_count_t(min(max(frame, 0), frameCount ?? .max))
    let place = sf_seek(handle, target, CInt(SEEK_SET))
    if let failure = input.failure { throw failure }
    guard place == target else { throw AudioError.damaged(name, SndfileFormat.reason(handle)) }
    framesRead = Int(place)
  }

  private func read<Sample>(
    _ samples: UnsafeMutableBufferPointer<Sample>,
    _ step: (UnsafeMutablePointer<Sample>, sf_count_t) -> sf_count_t
  ) throws -> Int {
    let wanted = samples.count / format.channelCount
    var done = 0
    guard let first = samples.baseAddress else { return 0 }
    while done < wanted {
      let count = Int(step(first + done * format.channelCount, sf_count_t(wanted - done)))
      if let failure = input.failure { throw failure }
      if count <= 0 { break }
      done += count
    }
    framesRead += done
    if done < wanted { try checkEnd() }
    return done
  }

  private func checkEnd() throws {
    if sf_error(handle) != 0 { throw AudioError.damaged(name, SndfileFormat.reason(handle)) }
    if framesRead == 0 { throw AudioError.noSamples(name) }
    if let frameCount, framesRead < frameCount, warnings.isEmpty {
      isTruncated = true
      warnings.append("\(name) ends after \(framesRead) of \(frameCount) frames")
    }
  }
}
