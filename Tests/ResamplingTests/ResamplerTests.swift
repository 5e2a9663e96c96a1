import Glibc
import Resampling
import Testing

@Suite struct ResamplerTests {
  /// Two channels of sines: one frequency on the left, the other on the right.
  private func sines(_ count: Int, rate: Int, left: Double, right: Double) -> [Float] {
    var samples: [Float] = []
    samples.reserveCapacity(2 * count)
    for place in 0..<count {
      let time = 2 * Double.pi * Double(place) / Double(rate)
      samples.append(Float(0.5 * sin(left * time)))
      samples.append(Float(0.5 * sin(right * time)))
    }
    return samples
  }

  private func resampled(
    _ samples: [Float], from rate: Int, to newRate: Int, quality: Resampler.Quality = .medium,
    piece: Int
  ) throws -> [Float] {
    let resampler = try Resampler(from: rate, to: newRate, channelCount: 2, quality: quality)
    var output: [Float] = []
    try samples.withUnsafeBufferPointer { samples in
      var rest = samples[...]
      while !rest.isEmpty {
        try resampler.resample(UnsafeBufferPointer(rebasing: rest.prefix(2 * piece))) {
          output += $0
        }
        rest = rest.dropFirst(2 * piece)
      }
      try resampler.resample(UnsafeBufferPointer(rebasing: rest), isLast: true) { output += $0 }
    }
    return output
  }

  @Test(arguments: [(44100, 48000), (96000, 48000), (88200, 44100), (44100, 8000)])
  func sinesStayWhereTheyAre(_ rate: Int, _ newRate: Int) throws {
    let highest = 0.4 * Double(min(rate, newRate))
    let samples = sines(rate, rate: rate, left: 997, right: highest)
    for (quality, least) in [(Resampler.Quality.medium, 110.0), (.best, 120)] {
      let output = try resampled(samples, from: rate, to: newRate, quality: quality, piece: 1000)
      let expected = sines(newRate, rate: newRate, left: 997, right: highest)
      #expect(abs(output.count - expected.count) <= 2)
      // The ends have no neighbours.
      let inner = (newRate / 10)..<(newRate * 9 / 10)
      var (signal, noise) = (0.0, 0.0)
      for place in (2 * inner.lowerBound)..<(2 * inner.upperBound) {
        signal += Double(expected[place] * expected[place])
        let difference = Double(output[place]) - Double(expected[place])
        noise += difference * difference
      }
      let ratio = 10 * log10(signal / noise)
      #expect(ratio >= least, "\(ratio) dB")
    }
  }

  @Test func whatCannotPassIsGone() throws {
    let samples = sines(44100, rate: 44100, left: 9000, right: 15000)
    let output = try resampled(samples, from: 44100, to: 8000, piece: 4096)
    #expect((output[1600..<14400].map(abs).max() ?? 1) < 1e-4)
  }

  @Test(arguments: [1, 7, 8192, 100_000]) func piecesDoNotMatter(_ piece: Int) throws {
    let samples = sines(20000, rate: 44100, left: 440, right: 8000)
    let whole = try resampled(samples, from: 44100, to: 48000, piece: 20000)
    #expect(try resampled(samples, from: 44100, to: 48000, piece: piece) == whole)
  }

  @Test func tooFarIsRefused() throws {
    let resampler = try Resampler(from: 1, to: 1000, channelCount: 1, quality: .medium)
    let one: [Float] = [0]
    try one.withUnsafeBufferPointer { one in
      #expect(throws: ResamplingFault.self) { try resampler.resample(one, isLast: true) { _ in } }
    }
  }
}
