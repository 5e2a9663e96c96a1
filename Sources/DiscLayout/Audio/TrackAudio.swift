package import AudioStreams
import Resampling

/// A copy as the samples of a track: 44.1 kHz, 16 bits, two channels.
///
/// Copies that are so already go onto the disc bit for bit, and one channel becomes both. All others
/// are resampled where their rate is another, and dithered where their samples have more than 16
/// bits (or are coded).
package final class TrackAudio {
  /// How many frames the track has.
  package let frames: Int

  /// The album that the copy says it is of.
  package let album: String?

  let open: @Sendable () throws -> AudioReader
  let format: AudioFormat
  private let seed: UInt64
  private static let blockFrames = 32 * RedBook.framesPerSector

  /// - Parameters:
  ///   - seed: of the dither: the serial number of the copy.
  ///   - open: opens the copy; called each time it is read.
  /// - Throws: `LayoutFault.channels`, `AudioError` or `SystemError`.
  package init(seed: UInt64, open: @escaping @Sendable () throws -> AudioReader) throws {
    self.seed = seed
    self.open = open
    let reader = try open()
    format = reader.format
    album = reader.metadata.tags[.album]
    guard format.channelCount <= RedBook.channelCount else {
      throw LayoutFault.channels(reader.name, format.channelCount)
    }
    let count = try reader.frameCount ?? Self.count(open())
    let (rate, newRate) = (format.sampleRate, RedBook.sampleRate)
    frames = (count * newRate + rate - 1) / rate
    let hasBytes =
      rate == newRate && format.encoding == .int16 && format.channelCount == RedBook.channelCount
    placeOfBytes = hasBytes ? reader.placeOfSamples : nil
  }

  /// The number of frames of a copy whose header does not tell.
  private static func count(_ reader: AudioReader) throws -> Int {
    var samples = [Float](repeating: 0, count: blockFrames * reader.format.channelCount)
    return try samples.withUnsafeMutableBufferPointer { buffer in
      var count = 0
      while case let read = try reader.read(into: buffer), read > 0 { count += read }
      return count
    }
  }

  /// Whether every sample is on the disc as it is in the copy.
  package var isExact: Bool {
    format.sampleRate == RedBook.sampleRate && [.int8, .int16].contains(format.encoding)
  }

  /// Whether the copy stores the samples as the disc does, one channel perhaps only; then any of them
  /// can be had alone, see `StoredTrack`.
  package var isStored: Bool { isExact && format.encoding == .int16 }

  /// Where the copy has the very bytes that are on the disc, one behind the other; nil where it has them
  /// in another form.
  package let placeOfBytes: Int64?

  /// How many sectors the track takes.
  package var sectors: Int { RedBook.sectors(ofFrames: frames) }

  /// Hands the track over, in whole sectors, silence behind the sound.
  ///
  /// - Parameter body: takes little-endian bytes; a piece is no longer than 32 sectors.
  /// - Throws: `LayoutFault.short`, `AudioError`, `ResamplingFault`, `SystemError`, and what `body`
  ///   throws.
  package func send(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    let reader = try open()
    var writer = SectorWriter(frames: frames)
    defer { writer.deallocate() }
    try sendFrames(of: reader) { samples in try writer.write(samples, body) }
    guard writer.isSatisfied(exactly: format.sampleRate == RedBook.sampleRate) else {
      throw LayoutFault.short(reader.name)
    }
    try writer.finish(body)
  }

  /// Hands over stereo frames of 16 bits, perhaps a few too many or too few after resampling.
  private func sendFrames(
    of reader: AudioReader, _ body: (UnsafeBufferPointer<Int16>) throws -> Void
  ) throws {
    let channels = format.channelCount
    let samples = UnsafeMutableBufferPointer<Float>.allocate(capacity: Self.blockFrames * channels)
    let rounded = UnsafeMutableBufferPointer<Int16>.allocate(
      capacity: Self.blockFrames * channels * RedBook.channelCount)
    defer {
      samples.deallocate()
      rounded.deallocate()
    }
    var dither = Dither(seed: seed)
    let isExact = isExact
    func give(_ piece: UnsafeBufferPointer<Float>) throws {
      // The resampler's pieces are longer than a block.
      var rest = piece
      while !rest.isEmpty {
        let part = UnsafeBufferPointer(rebasing: rest.prefix(samples.count))
        rest = UnsafeBufferPointer(rebasing: rest[part.count...])
        if isExact {
          for index in part.indices { rounded[index] = Int16(part[index] * 0x1p15) }
        } else {
          dither.round(part, into: rounded)
        }
        var count = part.count
        if channels == 1 {
          Self.spread(rounded, count)
          count *= 2
        }
        try body(UnsafeBufferPointer(rebasing: rounded[..<count]))
      }
    }
    let rate = format.sampleRate
    let resampler =
      rate == RedBook.sampleRate
      ? nil
      : try Resampler(from: rate, to: RedBook.sampleRate, channelCount: channels, quality: .best)
    while true {
      let count = try reader.read(into: samples)
      let block = UnsafeBufferPointer(rebasing: samples[..<(count * channels)])
      if let resampler {
        // The block is read no more when its pieces are rounded.
        try resampler.resample(block, isLast: count == 0, give)
      } else {
        try give(block)
      }
      if count == 0 { return }
    }
  }

  /// Makes each of the first samples two, in place.
  static func spread(_ samples: UnsafeMutableBufferPointer<Int16>, _ count: Int) {
    for index in (0..<count).reversed() {
      samples[2 * index] = samples[index]
      samples[2 * index + 1] = samples[2 * index]
    }
  }
}
