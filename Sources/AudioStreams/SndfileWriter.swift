import CSndfile
import CommandLineSupport

/// Writes through libsndfile everything but WAVE.
final class SndfileWriter {
  private let name: String
  private let format: AudioFormat
  private let target: SndfileOutput
  private var handle: OpaquePointer?
  private var integers: [Int32] = []

  init(
    _ output: OutputFile, _ format: AudioFormat, _ metadata: AudioMetadata, quality: Double?
  ) throws {
    name = output.name
    self.format = format
    try Self.check(format, name: output.name)
    let isStreamable = [.ogg, .opus, .raw].contains(format.container)
    target = try SndfileOutput(output, isStreamable: isStreamable)
    var info = SF_INFO()
    info.samplerate = CInt(format.sampleRate)
    info.channels = CInt(format.channelCount)
    info.format =
      SndfileFormat.type(format.container)
      | SndfileFormat.subtype(format.encoding, format.container)
    guard sf_format_check(&info) != 0 else {
      throw AudioError.unsuitable(
        name, format.container, "\(format.channelCount) channels at \(format.sampleRate) Hz")
    }
    guard
      let handle = sf_open_virtual(&target.functions, CInt(SFM_WRITE), &info, target.context)
    else {
      if let failure = target.failure { throw failure }
      throw AudioError.encoder(name, SndfileFormat.reason(nil))
    }
    self.handle = handle
    // The PEAK chunk carries the time and would make equal inputs give unequal files.
    sf_command(handle, CInt(SFC_SET_ADD_PEAK_CHUNK), nil, CInt(SF_FALSE))
    if format.encoding.integerBits != nil {
      sf_command(handle, CInt(SFC_SET_CLIPPING), nil, CInt(SF_TRUE))
    }
    if format.encoding == .lossy, var quality {
      sf_command(
        handle, CInt(SFC_SET_VBR_ENCODING_QUALITY), &quality, CInt(MemoryLayout<Double>.size))
    }
    SndfileTags.write(metadata.tags, handle)
  }

  deinit {
    if let handle { sf_close(handle) }
  }

  /// What the codecs cannot do, said better than libsndfile would.
  private static func check(_ format: AudioFormat, name: String) throws {
    switch format.container {
    case let container where container.sampleRate(near: format.sampleRate) != format.sampleRate:
      throw AudioError.unsuitable(name, format.container, "\(format.sampleRate) Hz")
    case .mp3 where format.channelCount > 2:
      throw AudioError.unsuitable(name, format.container, "\(format.channelCount) channels")
    default: break
    }
  }

  /// Writes interleaved frames.
  func write(_ samples: UnsafeBufferPointer<Float>) throws {
    guard let first = samples.baseAddress else { return }
    try write(samples.count, first, encodeTopAligned) { handle, frames in
      sf_writef_float(handle, first, frames)
    }
  }

  /// Writes interleaved frames.
  func write(_ samples: UnsafeBufferPointer<Double>) throws {
    guard let first = samples.baseAddress else { return }
    try write(samples.count, first, encodeTopAligned) { handle, frames in
      sf_writef_double(handle, first, frames)
    }
  }

  private func write<Sample>(
    _ count: Int, _ first: UnsafePointer<Sample>,
    _ encode: (UnsafePointer<Sample>, Int, Int, UnsafeMutablePointer<Int32>) -> Void,
    _ writeFloating: (OpaquePointer, sf_count_t) -> sf_count_t
  ) throws {
    guard let handle else { preconditionFailure("written after the end") }
    let frames = sf_count_t(count / format.channelCount)
    let written: sf_count_t
    if let bits = format.encoding.integerBits {
      // Rounded here, so that all containers have the same samples.
      if integers.count < count { integers = [Int32](repeating: 0, count: count) }
      written = integers.withUnsafeMutableBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return 0 }
        encode(first, count, bits, base)
        return sf_writef_int(handle, base, frames)
      }
    } else {
      written = writeFloating(handle, frames)
    }
    if let failure = target.failure { throw failure }
    if written != frames { throw AudioError.encoder(name, SndfileFormat.reason(handle)) }
  }

  /// Completes the file.
  func finish() throws {
    guard let handle else { return }
    self.handle = nil
    let result = sf_close(handle)
    try target.finish()
    if result != 0 {
      throw AudioError.encoder(
        name, sf_error_number(result).map { String(cString: $0) } ?? "error \(result)")
    }
  }
}
