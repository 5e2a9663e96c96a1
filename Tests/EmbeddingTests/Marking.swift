import MarkKeys
import Testing
import _TestSupport

@testable import AudioMark

/// Keys, messages and sounds for tests of marking.
enum Marking {
  static let alice = MarkKey(name: "alice", secret: Secret(Array(0..<32)))
  static let bob = MarkKey(name: "bob", secret: Secret(Array(100..<132)))
  static let schedule = SlotSchedule(key: alice)
  static let message = Message(high: 0x0011_2233_4455_6677, low: 0x8899_aabb_ccdd_eeff)
  static let other = Message(high: 0xfedc_ba98_7654_3210, low: 0x0123_4567_89ab_cdef)

  /// Tones and bursts of noise in any number of channels, with some silence.
  static func sound(
    seconds: Double, rate: Int, channels: Int, peak: Float = 0.7, seed: UInt64 = 1
  ) -> [Float] {
    var random = SeededGenerator(seed: seed)
    let frames = Int(seconds * Double(rate))
    var samples = [Float](repeating: 0, count: frames * channels)
    var phases = [Double](repeating: 0, count: 6)
    for frame in 0..<frames {
      var tone: Float = 0
      for index in phases.indices {
        phases[index] += 2 * .pi * (330 * Double(index + 1)) / Double(rate)
        tone += Float(phases[index].remainder(dividingBy: 2 * .pi) / .pi) / Float(index + 2)
      }
      // A tenth of a second in every second is digital silence.
      let level: Float = frame % rate >= rate * 9 / 10 ? 0 : 2 * peak
      for channel in 0..<channels {
        let noise = Float.random(in: -1...1, using: &random)
        let value = level * (0.6 * tone + 0.4 * noise * Float(channel + 1) / Float(channels))
        samples[frame * channels + channel] = min(max(value, -peak), peak)
      }
    }
    return samples
  }

  static func bits(
    _ message: Message, plan: MarkPlan = .direct, layer: MarkLayer = .identity
  ) -> SymbolBits {
    SymbolBits(schedule: schedule, plan: plan, messages: [layer: message])
  }

  /// Marks samples as the tool does.
  static func marked(
    _ samples: [Float], _ bits: SymbolBits, rate: Int, channels: Int, integerBits: Int?
  ) throws -> (samples: [Float], summary: MarkingStream.Summary) {
    let stream = MarkingStream(
      schedule: schedule, bits: bits, sampleRate: rate, channelCount: channels,
      integerBits: integerBits)
    var result = samples
    try result.withUnsafeMutableBufferPointer { buffer in
      let first = try #require(buffer.baseAddress)
      var done = 0
      while true {
        let count = min(stream.nextFrames, samples.count / channels - done)
        let isLast = count < stream.nextFrames
        try stream.mark(first + done * channels, frames: count)
        done += count
        if isLast { break }
      }
    }
    return (result, stream.summary)
  }

  /// The same in double precision.
  static func marked(
    _ samples: [Double], _ bits: SymbolBits, rate: Int, channels: Int, integerBits: Int?
  ) throws -> (samples: [Double], summary: MarkingStream.Summary) {
    let stream = MarkingStream(
      schedule: schedule, bits: bits, sampleRate: rate, channelCount: channels,
      integerBits: integerBits)
    var result = samples
    try result.withUnsafeMutableBufferPointer { buffer in
      let first = try #require(buffer.baseAddress)
      var done = 0
      while true {
        let count = min(stream.nextFrames, samples.count / channels - done)
        let isLast = count < stream.nextFrames
        try stream.mark(first + done * channels, frames: count)
        done += count
        if isLast { break }
      }
    }
    return (result, stream.summary)
  }

  /// The samples that belong to a symbol.
  static func samples(ofSymbol symbol: Int, rate: Int, channels: Int) -> Range<Int> {
    SymbolMarker.start(ofSymbol: symbol, sampleRate: rate) * channels..<SymbolMarker.start(
      ofSymbol: symbol + 1, sampleRate: rate) * channels
  }
}
