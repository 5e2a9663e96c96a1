import MarkKeys
import Testing
import _TestSupport

@testable import AudioMark

/// Messages in the lowest bits of samples.
@Suite struct SampleBitMarkTests {
  private func quantized(_ samples: [Float], bits: Int) -> [Double] {
    let scale = Double(1 << (bits - 1))
    return samples.map { (Double($0) * scale).rounded(.down) / scale }
  }

  private func marked(_ samples: [Double], channels: Int, bits: Int) throws -> [Double] {
    let writer = SampleBitWriter(
      mark: SampleBitMark(key: Marking.alice), message: Marking.message, integerBits: bits,
      channelCount: channels)
    var result = samples
    try result.withUnsafeMutableBufferPointer { buffer in
      guard let first = buffer.baseAddress else { return }
      var done = 0
      while done < samples.count / channels {
        let count = min(SampleBitMark.blockFrames, samples.count / channels - done)
        try writer.mark(first + done * channels, frames: count, sampleRate: 44100)
        done += count
      }
    }
    return result
  }

  private func messages(
    _ samples: [Double], channels: Int, bits: Int, key: MarkKey = Marking.alice
  ) -> [SampleBitReader.Detection] {
    let reader = SampleBitReader(
      mark: SampleBitMark(key: key), integerBits: bits, channelCount: channels,
      logThreshold: -13.8)
    samples.withUnsafeBufferPointer { buffer in
      guard let first = buffer.baseAddress else { return }
      // In odd pieces.
      var done = 0
      while done < samples.count / channels {
        let count = min(1000, samples.count / channels - done)
        reader.append(first + done * channels, frames: count)
        done += count
      }
    }
    reader.finish()
    return reader.detections
  }

  @Test(arguments: [8, 16, 24, 32], [1, 2, 6])
  func everyWidthAndCut(_ bits: Int, _ channels: Int) throws {
    let sound = Marking.sound(seconds: 0.5, rate: 44100, channels: channels, peak: 0.99)
    let host = quantized(sound, bits: bits)
    let samples = try marked(host, channels: channels, bits: bits)
    #expect(samples != host)
    let step = 1 / Double(1 << (bits - 1))
    #expect(zip(host, samples).allSatisfy { abs($0 - $1) <= step })
    for cut in [0, 1, 777, 2047, 2048, 5000] {
      let found = messages(
        Array(samples.dropFirst(cut * channels)), channels: channels, bits: bits)
      #expect(found.map(\.message) == [Marking.message], "cut \(cut)")
      #expect(found.first.map { $0.agreement > 0.9 && $0.logBound < -200 } == true)
    }
    #expect(messages(samples, channels: channels, bits: bits, key: Marking.bob).isEmpty)
    #expect(messages(host, channels: channels, bits: bits).isEmpty)
  }

  @Test func oneBlockIsEnoughAndLessIsNot() throws {
    let host = quantized(Marking.sound(seconds: 0.2, rate: 44100, channels: 1), bits: 16)
    let samples = try marked(host, channels: 1, bits: 16)
    let block = Array(samples[1000..<3048])
    #expect(messages(block, channels: 1, bits: 16).map(\.message) == [Marking.message])
    #expect(messages(Array(samples[1000..<1100]), channels: 1, bits: 16).isEmpty)
    #expect(throws: MarkingError.self) {
      try marked(Array(host.prefix(2047)), channels: 1, bits: 16)
    }
  }

  @Test func silenceIsLeftAlone() throws {
    let zeros = [Double](repeating: 0, count: 20000)
    #expect(try marked(zeros, channels: 1, bits: 16) == zeros)
    #expect(messages(zeros, channels: 1, bits: 16).isEmpty)
  }

  @Test func aChangedLevelEndsIt() throws {
    let host = quantized(Marking.sound(seconds: 1, rate: 44100, channels: 2), bits: 16)
    let samples = try marked(host, channels: 2, bits: 16).map { $0 * 0.9 }
    let stored = samples.map { ($0 * 32768).rounded() / 32768 }
    #expect(messages(stored, channels: 2, bits: 16).isEmpty)
  }
}
