import AudioMark
import FingerprintCode
import LeakTracing
import Ledger
import MarkKeys
import _TestSupport

/// A title of 46 s and copies of it, as samples of two channels at 44.1 kHz.
struct MarkedCopies {
  static let key = MarkKey(name: "studio", secret: Secret(Array(9..<41)))
  static let schedule = SlotSchedule(key: key)
  static let rate = 44100
  static let music = SyntheticMusic(seconds: 46, seed: 5).samples
  static let symbolCount = 46 * 50

  /// The message of a made-up delivery.
  static func message(_ serial: Int) -> Message {
    Message(high: 0x0001_0002_0000_0000, low: UInt64(serial % 97 + 1) << 32 | UInt64(serial))
  }

  /// The messages of deliveries 1 to `count`.
  static func messages(_ count: Int) -> [Message] { (1...count).map(message) }

  /// The title, of which some copies were delivered.
  static func title(
    _ messages: [Message], content: String = "t1", knowsLength: Bool = true
  ) throws -> TracedTitle {
    TracedTitle(
      content: try Handle(content), key: key, symbolCount: knowsLength ? symbolCount : nil,
      messages: messages)
  }

  /// The copy of a delivery.
  static func copy(_ serial: Int) -> [Float] {
    let fingerprint = FingerprintKey(key: key, title: "t1")
    let biases = FingerprintBiases(key: fingerprint, slots: 0..<symbolCount / 3 + 8)
    let codeword = FingerprintCodeword(key: fingerprint, message: message(serial), biases: biases)
    return marked(
      SymbolBits(
        schedule: schedule, plan: .delivery,
        messages: [.copyright: Message(high: 1, low: 2), .identity: message(serial)],
        fingerprint: codeword.slots.map { codeword[$0] ? -1 : 1 }))
  }

  private static let variants = MarkVariant.allCases.map { variant in
    marked(SymbolBits(variant, schedule: schedule, copyright: Message(high: 1, low: 2)))
  }

  /// The title with both variants.
  static var host: MarkedHost {
    MarkedHost(
      sampleRate: rate, channelCount: 2, frameCount: music.count / 2
    ) { variant, frames, target in
      target.update(repeating: 0)
      let within = frames.clamped(to: 0..<music.count / 2)
      let samples = variants[variant.rawValue]
      for place in 2 * within.lowerBound..<2 * within.upperBound {
        target[place - 2 * frames.lowerBound] = samples[place]
      }
    }
  }

  private static func marked(_ bits: SymbolBits) -> [Float] {
    let stream = MarkingStream(
      schedule: schedule, bits: bits, sampleRate: rate, channelCount: 2, integerBits: 16)
    var all = music
    all.withUnsafeMutableBufferPointer { samples in
      guard let first = samples.baseAddress else { return }
      var place = 0
      while place < samples.count {
        let count = min(2 * stream.nextFrames, samples.count - place)
        // Music is finite, which is all that marking asks for.
        try? stream.mark(first + place, frames: count / 2)
        place += count
      }
    }
    return all
  }

  /// What is read in a stretch of samples.
  static func readings(
    _ samples: [Float], seconds: Range<Double>? = nil, key: MarkKey = key,
    extent: SearchExtent = .narrow
  ) -> [MarkReading] {
    let search = ReadingSearch(
      key: key, threshold: 1e-6, extent: extent, sampleRate: rate, channelCount: 2)
    let range =
      seconds.map { Int($0.lowerBound * 44100) * 2..<Int($0.upperBound * 44100) * 2 }
      ?? 0..<samples.count
    samples.withUnsafeBufferPointer { search.append(UnsafeBufferPointer(rebasing: $0[range])) }
    search.finish()
    return search.readings
  }
}
