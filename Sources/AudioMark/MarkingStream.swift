import CommandLineSupport
import Glibc

/// Marks a recording as it goes by, a few symbols at a time and in place.
///
///     while case let frames = try reader.read(into: buffer[..<stream.nextFrames]), frames > 0 {
///       try stream.mark(buffer, frames: frames)
///       try writer.write(buffer[..<frames])
///     }
///
/// What a symbol becomes depends on its own bits and on the host up to its end, and on no other
/// symbol's bits. The samples behind the last whole symbol stay as they are.
package final class MarkingStream {
  /// What has been done so far.
  package struct Summary: Sendable, Equatable {
    /// Whole symbols seen.
    package var symbols = 0
    /// Symbols that carry their bits.
    package var marked = 0
    /// Symbols left alone since they are too quiet.
    package var silent = 0
    /// Symbols left alone since no layer that is written owns them.
    package var unused = 0
    /// Marked symbols whose mark fades around samples that would leave full scale.
    package var limited = 0
    /// The sum of squares of all samples of marked symbols.
    package var hostEnergy = 0.0
    /// The sum of squares of what was added to them.
    package var markEnergy = 0.0

    /// How far the mark lies below the sound, dB; nil while nothing is marked.
    package var signalToMark: Double? {
      markEnergy > 0 ? 10 * log10(hostEnergy / markEnergy) : nil
    }
  }

  /// What has been done so far.
  package private(set) var summary = Summary()
  /// Frames seen so far, marked or not.
  package private(set) var frames = 0
  /// The most frames that `nextFrames` ever is.
  package let mostFrames: Int

  private static let symbolsAtOnce = 8
  private let marker: SymbolMarker
  private let bits: SymbolBits
  private let sampleRate: Int
  private let channelCount: Int
  private var limiter: PeakLimiter
  /// The largest sample that can be written, nil where there is no largest one.
  private let most: Float?
  private let host: UnsafeMutablePointer<Float>
  private let delta: UnsafeMutablePointer<Float>

  /// - Parameters:
  ///   - schedule: of the key.
  ///   - bits: what to write.
  ///   - sampleRate: Hz.
  ///   - channelCount: interleaved channels.
  ///   - integerBits: the width of the samples that are written, whose full scale is kept; nil for
  ///     floating point, which has none.
  ///   - strength: how strongly.
  package init(
    schedule: SlotSchedule, bits: SymbolBits, sampleRate: Int, channelCount: Int,
    integerBits: Int?, strength: SymbolMarker.Strength = .init()
  ) {
    marker = SymbolMarker(
      schedule: schedule, sampleRate: sampleRate, channelCount: channelCount, strength: strength)
    self.bits = bits
    self.sampleRate = sampleRate
    self.channelCount = channelCount
    limiter = PeakLimiter(sampleRate: sampleRate)
    most = integerBits.map { bits in
      let exact = 1 - 1 / Double(1 << (bits - 1))
      return Double(Float(exact)) > exact ? Float(exact).nextDown : Float(exact)
    }
    let longest = sampleRate / MarkGeometry.symbolRate + 1
    mostFrames = Self.symbolsAtOnce * longest
    host = .allocate(capacity: longest * channelCount)
    delta = .allocate(capacity: longest * channelCount)
  }

  deinit {
    host.deallocate()
    delta.deallocate()
  }

  /// How many frames `mark` takes next: those of a few whole symbols.
  package var nextFrames: Int { start(ofSymbol: summary.symbols + Self.symbolsAtOnce) - frames }

  /// Marks frames in place.
  ///
  /// - Parameters:
  ///   - samples: interleaved.
  ///   - frames: `nextFrames`, or fewer at the end of the recording.
  /// - Throws: `MarkingError`; the samples are then in no defined state.
  package func mark(_ samples: UnsafeMutablePointer<Float>, frames: Int) throws {
    try symbols(frames) { offset, length in
      let host = samples + offset * channelCount
      try markSymbol(UnsafePointer(host), length) {
        add(to: host, count: length * channelCount)
      }
    } rest: { offset in
      try check(UnsafePointer(samples + offset * channelCount), frames - offset)
    }
  }

  /// Marks frames in place; samples that are not touched stay exact in every integer encoding.
  package func mark(_ samples: UnsafeMutablePointer<Double>, frames: Int) throws {
    try symbols(frames) { offset, length in
      let first = samples + offset * channelCount
      for i in 0..<length * channelCount { host[i] = Float(first[i]) }
      try markSymbol(UnsafePointer(host), length) {
        add(to: first, count: length * channelCount)
      }
    } rest: { offset in
      let first = samples + offset * channelCount
      for i in 0..<(frames - offset) * channelCount { host[i] = Float(first[i]) }
      try check(UnsafePointer(host), frames - offset)
    }
  }

  private func start(ofSymbol symbol: Int) -> Int {
    SymbolMarker.start(ofSymbol: symbol, sampleRate: sampleRate)
  }

  /// Goes through the whole symbols of the frames, then to what is left.
  private func symbols(
    _ count: Int, _ symbol: (_ offset: Int, _ length: Int) throws -> Void,
    rest: (_ offset: Int) throws -> Void
  ) throws {
    precondition(count <= nextFrames)
    let isLast = count < nextFrames
    var offset = 0
    while true {
      let length = start(ofSymbol: summary.symbols + 1) - frames
      guard length <= count - offset else { break }
      try symbol(offset, length)
      summary.symbols += 1
      offset += length
      frames += length
    }
    guard isLast else { return }
    try rest(offset)
    frames += count - offset
    if summary.symbols == 0 {
      throw MarkingError.tooShort(
        frames: frames, least: start(ofSymbol: 1), sampleRate: sampleRate)
    }
  }

  /// Computes the mark of a symbol and, where there is one, has it added.
  private func markSymbol(_ host: UnsafePointer<Float>, _ length: Int, add: () -> Void) throws {
    let outcome = marker.mark(
      symbol: summary.symbols, bits: bits, host: host, frames: length, delta: delta)
    if !(marker.hostEnergy < SampleLimit.energy) { try check(host, length) }
    switch outcome {
    case .silent: summary.silent += 1
    case .unused: summary.unused += 1
    case .marked:
      summary.marked += 1
      summary.hostEnergy += Double(marker.hostEnergy)
      keepFullScale(host, length)
      add()
    }
  }

  /// Has the mark fade where the sum would be too large to be written.
  private func keepFullScale(_ host: UnsafePointer<Float>, _ length: Int) {
    guard let most else { return }
    var top = SIMD8<Float>.zero
    Eights.each(length * channelCount) { i in
      let sum = Eights.load(host, i) + Eights.load(delta, i)
      let size = sum.replacing(with: -sum, where: sum .< 0)
      top = top.replacing(with: size, where: size .> top)
    } one: { i in
      top[0] = max(top[0], abs(host[i] + delta[i]))
    }
    guard top.max() > most else { return }
    let isLimited = limiter.limit(
      host, delta, frames: length, channelCount: channelCount, least: -1, most: most)
    if isLimited { summary.limited += 1 }
  }

  private func check(_ samples: UnsafePointer<Float>, _ length: Int) throws {
    for i in 0..<length * channelCount where !(abs(samples[i]) <= SampleLimit.value) {
      throw MarkingError.notASample(
        value: samples[i], channel: i % channelCount + 1,
        seconds: Double(frames + i / channelCount) / Double(sampleRate))
    }
  }

  // MARK: Adding

  private func add(to host: UnsafeMutablePointer<Float>, count: Int) {
    var energy = SIMD8<Float>.zero
    Eights.each(count) { i in
      let d = Eights.load(delta, i)
      let h = Eights.load(host, i)
      energy += d * d
      // Kept where nothing is added: minus zero plus zero would be zero.
      Eights.store((h + d).replacing(with: h, where: d .== 0), host, i)
    } one: { i in
      let d = delta[i]
      energy[0] += d * d
      if d != 0 { host[i] += d }
    }
    summary.markEnergy += Double(energy.sum())
  }

  private func add(to host: UnsafeMutablePointer<Double>, count: Int) {
    var energy: Float = 0
    for i in 0..<count where delta[i] != 0 {
      energy += delta[i] * delta[i]
      host[i] += Double(delta[i])
    }
    summary.markEnergy += Double(energy)
  }
}

/// What still counts as a sample: 180 dB above full scale, far below where squares overflow.
private enum SampleLimit {
  static let value: Float = 1e9
  /// A symbol with less energy has no larger sample, infinity or not-a-number.
  static let energy: Float = 1e18
}

/// Why samples cannot be marked.
package enum MarkingError: ExplainedError, Equatable {
  /// The recording has not one whole symbol or block.
  case tooShort(frames: Int, least: Int, sampleRate: Int)
  /// A sample is infinite, not a number, or absurdly large; channels count from 1.
  case notASample(value: Float, channel: Int, seconds: Double)

  package var description: String {
    switch self {
    case .tooShort(let frames, let least, let rate):
      "the input has \(frames) frames, but a mark takes at least \(least) at \(rate) Hz"
    case .notASample(let value, let channel, let seconds):
      "the input has the value \(value) at \(decimal(seconds, digits: 4) ?? "") s in channel "
        + "\(channel), which is no sample"
    }
  }

  package var hint: String? {
    switch self {
    case .tooShort: nil
    case .notASample: "floating-point samples must be finite, with full scale near 1"
    }
  }
}
