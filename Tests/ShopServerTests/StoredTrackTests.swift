import AudioStreams
import CommandLineSupport
import Testing
import _TestSupport

@testable import DiscLayout

/// Tracks that can be read at any place, by several threads.
@Suite struct StoredTrackTests {
  private let folder = TemporaryFolder()

  private func write(_ samples: [Int16], _ name: String, _ channels: Int) throws -> TrackAudio {
    let writer = try AudioWriter(
      to: OutputFile(folder.path(name + ".wav"), contents: .binary),
      format: AudioFormat(
        sampleRate: 44100, channelCount: channels, container: .wav, encoding: .int16))
    try samples.map { Float($0) / 32768 }.withUnsafeBufferPointer { try writer.write($0) }
    try writer.finish()
    let result = try Subprocess.run(
      "bash", ["-c", name.hasSuffix("f") ? "flac --silent \(name).wav" : "true"],
      folder: folder.path)
    #expect(result.status == 0, "\(result.errors)")
    let path = folder.path(name + (name.hasSuffix("f") ? ".flac" : ".wav"))
    return try TrackAudio(seed: 1) { try AudioReader(path: path) }
  }

  @Test(arguments: ["1w", "2w", "1f", "2f"]) func anyPlace(_ kind: String) throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededGenerator(seed: seed)
    let channels = kind.hasPrefix("1") ? 1 : 2
    let frames = Int.random(in: 200_000...400_000, using: &random)
    let samples = (0..<frames * channels).map { _ in Int16.random(in: -9999...9999, using: &random)
    }
    let track = try write(samples, kind, channels)
    #expect(track.isStored && track.frames == frames)
    let wanted = channels == 2 ? samples : samples.flatMap { [$0, $0] }
    let bytes = wanted.withUnsafeBytes { Array($0) }
    let places = (0..<40).map { _ in
      let first = Int.random(in: 0..<frames, using: &random)
      return first * 4..<Int.random(in: first...min(frames, first + 50_000), using: &random) * 4
    }
    let stored = StoredTrack(track)
    let results = ParallelResults<Bool>(count: places.count)
    inParallel(places.count) { number in
      results.set(number) {
        var read = [UInt8](repeating: 0, count: places[number].count)
        try read.withUnsafeMutableBytes {
          try stored.read(at: Int64(places[number].lowerBound), into: $0)
        }
        return read == Array(bytes[places[number]])
      }
    }
    #expect(try results.values().allSatisfy { $0 }, "seed \(seed)")
    // Behind the end there is nothing.
    var more = [UInt8](repeating: 0, count: 8)
    #expect(throws: LayoutFault.self) {
      try more.withUnsafeMutableBytes { try stored.read(at: Int64(frames * 4 - 4), into: $0) }
    }
  }

  /// What has to be converted cannot be had so.
  @Test func others() throws {
    let writer = try AudioWriter(
      to: OutputFile(folder.path("a.wav"), contents: .binary),
      format: AudioFormat(sampleRate: 48000, channelCount: 2, container: .wav, encoding: .int16))
    try [Float](repeating: 0.1, count: 1000).withUnsafeBufferPointer { try writer.write($0) }
    try writer.finish()
    let path = folder.path("a.wav")
    #expect(try !TrackAudio(seed: 1) { try AudioReader(path: path) }.isStored)
  }
}
