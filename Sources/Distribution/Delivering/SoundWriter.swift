import AudioStreams
import CommandLineSupport
import Ledger
import Masters
import Resampling

/// Writes copies of sound: spliced bytes as WAV, RF64 and FLAC, all else encoded once from the spliced
/// samples, at the master's rate or the nearest that the codec takes.
final class SoundWriter {
  let container: AudioContainer
  private var splicer: Splicer?

  init(_ container: AudioContainer) { self.container = container }

  /// Makes sure that copies of a master can be had in the format.
  ///
  /// - Throws: `MasterError.noFrames` or `AudioError`.
  func check(_ master: Master) throws {
    let format = master.manifest.format
    if container == .flac, master.index.frameSizes.isEmpty {
      throw MasterError.noFrames(master.path, sampleRate: format.sampleRate)
    }
    if ![.flac, .wav, .rf64].contains(container) {
      // The encoder itself knows which rates and channels it takes.
      _ = try AudioWriter(to: OutputFile(.unnamed()), format: encoded(format))
    }
  }

  /// Writes a copy.
  ///
  /// - Throws: `MasterError`, `AudioError` or `SystemError`.
  func write(_ job: CopyJob, of master: Master, to output: OutputFile) throws {
    let choice = try VariantChoice(
      master, identity: job.marking.message, codeword: job.codeword)
    let splicer = splicer(master)
    switch container {
    case .flac: try splicer.writeFLAC(choice, tags: job.tags, to: output)
    case .wav, .rf64: try splicer.writeWave(choice, tags: job.tags, as: container, to: output)
    default: try encode(splicer, choice, job.tags, to: output)
    }
  }

  private func splicer(_ master: Master) -> Splicer {
    if let splicer, splicer.master === master { return splicer }
    let new = Splicer(master)
    splicer = new
    return new
  }

  /// Encoders go back to complete what they wrote: they get files without a name.
  private func encode(
    _ splicer: Splicer, _ choice: VariantChoice, _ tags: CopyTags, to output: OutputFile
  ) throws {
    let spliced = try FileDescriptor.unnamed()
    try splicer.writeWave(choice, to: OutputFile(spliced))
    let encoded = try FileDescriptor.unnamed()
    let reader = try AudioReader(path: "/proc/self/fd/\(spliced.number)")
    let format = self.encoded(reader.format)
    let writer = try AudioWriter(to: OutputFile(encoded), format: format, metadata: tags.metadata)
    let channels = format.channelCount
    let resampler =
      format.sampleRate == reader.format.sampleRate
      ? nil
      : try Resampler(
        from: reader.format.sampleRate, to: format.sampleRate, channelCount: channels,
        quality: .medium)
    var samples = [Float](repeating: 0, count: 8192 * channels)
    try samples.withUnsafeMutableBufferPointer { samples in
      while true {
        let count = try reader.read(into: samples)
        let frames = UnsafeBufferPointer(rebasing: samples[..<(count * channels)])
        if let resampler {
          try resampler.resample(frames, isLast: count == 0, writer.write)
        } else if count > 0 {
          try writer.write(frames)
        }
        if count == 0 { break }
      }
    }
    try writer.finish(metadata: tags.metadata)
    try encoded.seek(to: 0)
    try encoded.copy(to: output)
  }

  /// What an encoder gets of a master's audio.
  private func encoded(_ format: AudioFormat) -> AudioFormat {
    var format = format.written(as: container)
    format.sampleRate = container.sampleRate(near: format.sampleRate)
    return format
  }
}
