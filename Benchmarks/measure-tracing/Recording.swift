import AudioMark
import AudioStreams
import MarkKeys

/// A recording in memory.
struct Recording {
  private let samples: [Float]
  private let format: AudioFormat

  init(_ path: String) throws {
    let reader = try AudioReader(path: path)
    format = reader.format
    var samples: [Float] = []
    var buffer = [Float](repeating: 0, count: 4096 * format.channelCount)
    try buffer.withUnsafeMutableBufferPointer { buffer in
      while case let count = try reader.read(into: buffer), count > 0 {
        samples += buffer[..<(count * reader.format.channelCount)]
      }
    }
    self.samples = samples
  }

  /// Reads the marks of a key in a stretch somewhere, at the speed of the recording.
  func readAnywhere(
    seconds: Int, _ key: MarkKey, using generator: inout some RandomNumberGenerator
  ) -> ReadingSearch {
    let channels = format.channelCount
    let search = ReadingSearch(
      key: key, threshold: 1e-6, extent: .narrow, sampleRate: format.sampleRate,
      channelCount: channels)
    let count = min(samples.count / channels, seconds * format.sampleRate)
    let start = Int.random(in: 0...(samples.count / channels - count), using: &generator)
    samples.withUnsafeBufferPointer { samples in
      search.append(
        UnsafeBufferPointer(rebasing: samples[(start * channels)..<((start + count) * channels)]))
    }
    search.finish()
    return search
  }
}
