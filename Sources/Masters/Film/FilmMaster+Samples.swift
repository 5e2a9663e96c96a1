package import AudioMark
import AudioStreams
import CommandLineSupport

extension FilmMaster {
  /// Reads samples of a variant of its marked sound.
  ///
  /// - Parameters:
  ///   - variant: which of the two.
  ///   - frames: which of its samples of each channel; those before its beginning and behind its end are
  ///     silence, and without marked sound all are.
  ///   - samples: room for them, interleaved, full scale 1.0.
  /// - Throws: `SystemError`, `AudioError`, or `MasterError.wrongSize` when the part has become shorter.
  package func read(
    _ variant: MarkVariant, frames: Range<Int>, into samples: UnsafeMutableBufferPointer<Float>
  ) throws {
    samples.update(repeating: 0)
    guard let soundtrack else { return }
    let sound = soundtrack.sound
    let (channels, length) = (sound.format.channelCount, sound.symbolFrames)
    precondition(samples.count >= frames.count * channels)
    let within = frames.clamped(to: 0..<sound.sampleCount)
    guard !within.isEmpty else { return }
    let blocks = within.lowerBound / length..<(within.upperBound - 1) / length + 1
    let stream = try stream(soundtrack, variant, blocks)
    let reader = try AudioReader(ByteSource(stream))
    var decoded = [Float](repeating: 0, count: blocks.count * length * channels)
    let count = try decoded.withUnsafeMutableBufferPointer { try reader.read(into: $0) }
    let skipped = within.lowerBound - blocks.lowerBound * length
    guard count >= skipped + within.count else { throw MasterError.truncated(files.path) }
    let first = (within.lowerBound - frames.lowerBound) * channels
    for place in 0..<within.count * channels {
      samples[first + place] = decoded[skipped * channels + place]
    }
  }

  /// Some blocks as a FLAC file without a name.
  private func stream(
    _ soundtrack: FilmSoundtrack, _ variant: MarkVariant, _ blocks: Range<Int>
  ) throws -> FileDescriptor {
    let sound = soundtrack.sound
    let length = sound.symbolFrames
    let end = min(blocks.upperBound * length, sound.sampleCount)
    var bytes = Array("fLaC".utf8) + [0x80]
    bytes.append(FLACStreamInformation.byteCount, count: 3)
    bytes +=
      FLACStreamInformation(
        sound.format, blockLength: length, frameCount: end - blocks.lowerBound * length
      ).bytes
    let places = soundtrack.offsets[variant.rawValue]
    let range = places[blocks.lowerBound]..<places[blocks.upperBound]
    let front = bytes.count
    bytes += [UInt8](repeating: 0, count: Int(range.upperBound - range.lowerBound))
    let stream = try FileDescriptor.unnamed()
    try bytes.withUnsafeMutableBytes { bytes in
      try files.read(
        .frames(variant), at: range.lowerBound,
        into: UnsafeMutableRawBufferPointer(rebasing: bytes[front...]))
      try stream.write(UnsafeRawBufferPointer(bytes))
    }
    try stream.seek(to: 0)
    return stream
  }
}
