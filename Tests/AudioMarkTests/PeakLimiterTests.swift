import Testing
import _TestSupport

@testable import AudioMark

/// Loud samples stay in range without clicks.
@Suite struct PeakLimiterTests {
  private func limited(
    _ host: [Float], _ delta: [Float], channels: Int = 1
  ) -> (delta: [Float], isWeakened: Bool) {
    var limiter = PeakLimiter(sampleRate: 44100)
    var delta = delta
    let weakened = limiter.limit(
      host, &delta, frames: host.count / channels, channelCount: channels, least: -1, most: 1)
    return (delta, weakened)
  }

  @Test func whatFitsIsLeftAlone() {
    let host = (0..<882).map { Float($0 % 50) / 60 }
    let delta = (0..<882).map { Float($0 % 7) / 100 }
    let result = limited(host, delta)
    #expect(!result.isWeakened)
    #expect(result.delta == delta)
  }

  @Test(arguments: [UInt64(5), 6, 7], [1, 2])
  func nothingLeavesTheRange(_ seed: UInt64, _ channels: Int) {
    var generator = SeededGenerator(seed: seed)
    let host = (0..<882 * channels).map { _ in Float.random(in: -1...1, using: &generator) }
    let delta = host.map { _ in Float.random(in: -0.2...0.2, using: &generator) }
    let result = limited(host, delta, channels: channels)
    #expect(result.isWeakened)
    for i in host.indices {
      #expect(abs(host[i] + result.delta[i]) <= 1.000_001, "seed \(seed), sample \(i)")
      #expect(abs(result.delta[i]) <= abs(delta[i]))
    }
  }

  @Test func theMarkFadesInsteadOfBreakingOff() {
    var host = [Float](repeating: 0.5, count: 882)
    host[441] = 1
    let result = limited(host, [Float](repeating: 0.1, count: 882))
    #expect(result.delta[441] == 0)
    #expect(result.delta[300] == 0.1)
    for i in 1..<882 { #expect(abs(result.delta[i] - result.delta[i - 1]) < 0.004) }
  }
}
