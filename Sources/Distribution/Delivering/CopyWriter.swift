package import AudioStreams
package import CommandLineSupport
import Ledger
import Masters
import Resampling
import Signing

/// Writes copies in a format: spliced bytes as WAV, RF64 and FLAC, all else encoded once from the
/// spliced samples, at the master's rate or the nearest that the codec takes.
package final class CopyWriter {
  package let container: AudioContainer
  private let hashes: Bool
  private var splicer: Splicer?

  /// The formats that are delivered.
  package static let containers: [AudioContainer] = [.wav, .rf64, .flac, .opus, .mp3, .ogg]

  /// - Parameters:
  ///   - container: the format of the copies.
  ///   - hashes: whether their hashes are wanted, which cost more than everything else.
  package init(_ container: AudioContainer, hashes: Bool) {
    self.container = container
    self.hashes = hashes
  }

  /// Makes sure that copies of a master can be had in the format.
  ///
  /// - Throws: `MasterError.noFrames` or `AudioError`.
  package func check(_ held: HeldMaster) throws {
    let manifest = held.master.manifest
    if container == .flac, held.master.index.frameSizes.isEmpty {
      throw MasterError.noFrames(held.master.path, sampleRate: manifest.format.sampleRate)
    }
    if ![.flac, .wav, .rf64].contains(container) {
      // The encoder itself knows which rates and channels it takes.
      _ = try AudioWriter(to: OutputFile(.unnamed()), format: encoded(manifest.format))
    }
  }

  /// Writes a copy.
  ///
  /// - Parameters:
  ///   - job: which one.
  ///   - output: making it final is left to the caller.
  ///   - needsHash: whether the hash is wanted in any case.
  /// - Returns: how many bytes, and their hash if it is wanted.
  /// - Throws: `MasterError`, `AudioError` or `SystemError`.
  package func write(
    _ job: CopyJob, to output: OutputFile, needsHash: Bool = false
  ) throws -> WrittenCopy {
    let choice = try VariantChoice(
      job.held.master, identity: job.marking.message, codeword: job.codeword)
    let splicer = splicer(job.held.master)
    var hasher = SHA256Hasher()
    let start = output.byteCount
    let hashes = self.hashes || needsHash
    if hashes { output.observe = { hasher.update($0) } }
    defer { output.observe = nil }
    switch container {
    case .flac: try splicer.writeFLAC(choice, tags: job.tags, to: output)
    case .wav, .rf64: try splicer.writeWave(choice, tags: job.tags, as: container, to: output)
    default: try encode(splicer, choice, job.tags, to: output)
    }
    return WrittenCopy(bytes: output.byteCount - start, hash: hashes ? hasher.finish() : nil)
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
