/// Marks one symbol of samples; the signal processing of the embedder.
///
/// What it returns is a difference that is added to the samples. It is zero at both ends of the
/// symbol and depends on no other symbol's bit: symbols can be exchanged between differently marked
/// copies of a recording sample by sample. Symbols come in their order, since how far the host's
/// bands move is remembered for half a second.
package final class SymbolMarker {
  private typealias G = MarkGeometry

  /// How strongly a mark is written.
  package struct Strength: Sendable, Equatable {
    /// The statistic to reach, dB.
    let target: Float
    /// The most that any group's bands are raised or lowered on average, dB.
    let most: Float

    /// - Parameter factor: 1 is the default; 0.25...4.
    package init(factor: Double = 1) {
      target = Float(1.65 * factor)
      most = Float(2.2 * factor)
    }
  }

  /// What became of a symbol.
  package enum Outcome: Sendable {
    /// It carries its bits.
    case marked
    /// It is too quiet to carry anything; nothing is to be added.
    case silent
    /// No layer that is written owns it; nothing is to be added.
    case unused
  }

  /// Part of the amplitude that the lowest bands get: narrow critical bands hear sidebands there.
  private static let lowBandShare: [Float] = [
    0.25, 0.325, 0.4, 0.475, 0.55, 0.625, 0.7, 0.775, 0.85, 0.925,
  ]
  /// Spread of a band's statistic, dB, from which on it gets its full share.
  private static let unsteady: Float = 1.5
  /// Part of the amplitude that the steadiest bands get.
  private static let steadyShare: Float = 0.75
  /// Part of a spread that each symbol renews: 25 symbols, half a second.
  private static let spreadRate: Float = 0.039_211
  /// Below this power a sample on average, a symbol counts as silent: -90 dB of full scale.
  private static let silence: Float = 1e-9

  /// Sample rate, Hz.
  package let sampleRate: Int
  /// Interleaved channels.
  package let channelCount: Int
  private let hop: Int
  private let layout: BandLayout
  private let statistic: SymbolStatistic
  private let packs: Int
  private let forward: [ComplexTransform]
  private let inverse: ComplexTransform
  /// The windows of analysis and synthesis, every value twice, for two channels side by side.
  private let window: UnsafeMutablePointer<Float>
  private let synthesis: UnsafeMutablePointer<Float>
  private let powers: UnsafeMutablePointer<Float>
  private let levels: UnsafeMutablePointer<SIMD8<Float>>
  private let difference: UnsafeMutablePointer<SIMD8<Float>>
  private let amplitudes: UnsafeMutablePointer<SIMD8<Float>>
  /// Mean squares of the host's statistic in each band, over the last half second.
  private let spreads: UnsafeMutablePointer<SIMD8<Float>>
  private let factors: UnsafeMutablePointer<SIMD8<Float>>
  private let chips: UnsafeMutablePointer<Float>
  private let groupShares: [Float]
  private let groupOfBand: [Int]
  private let strength: Strength
  /// The sum of the squares of the samples looked at last; not finite where one of them is not.
  private(set) var hostEnergy: Float = 0

  package init(
    schedule: SlotSchedule, sampleRate: Int, channelCount: Int, strength: Strength = Strength()
  ) {
    self.sampleRate = sampleRate
    self.channelCount = channelCount
    self.strength = strength
    hop = SymbolMarker.hop(sampleRate: sampleRate)
    let n = 2 * hop
    layout = BandLayout(lineWidth: Double(sampleRate) / Double(n), lineCount: n / 2)
    let valid = layout.validCount
    statistic = SymbolStatistic(isValid: (0..<G.bandCount).map { $0 < valid })
    packs = (channelCount + 1) / 2
    forward = (0..<2 * packs).map { _ in ComplexTransform(count: n, isInverse: false) }
    inverse = ComplexTransform(count: n, isInverse: true)
    window = .allocate(capacity: 2 * n)
    synthesis = .allocate(capacity: 2 * n)
    for i in 0..<n {
      let value = SineWindow.value(at: i, count: n)
      for side in 0..<2 {
        window[2 * i + side] = value
        synthesis[2 * i + side] = value / Float(n)
      }
    }
    powers = .allocate(capacity: n / 2 + 1)
    powers.initialize(repeating: 0, count: n / 2 + 1)
    levels = .allocate(capacity: 8)
    levels.initialize(repeating: .zero, count: 8)
    difference = .allocate(capacity: 4)
    difference.initialize(repeating: .zero, count: 4)
    amplitudes = .allocate(capacity: 4)
    amplitudes.initialize(repeating: .zero, count: 4)
    spreads = .allocate(capacity: 4)
    spreads.initialize(repeating: .init(repeating: Self.unsteady * Self.unsteady), count: 4)
    factors = .allocate(capacity: 8)
    factors.initialize(repeating: .zero, count: 8)
    chips = .allocate(capacity: G.period * G.bandCount)
    for slot in 0..<G.period {
      for band in 0..<G.bandCount {
        chips[slot * G.bandCount + band] =
          band < layout.validCount ? schedule.chip(slot: slot, band: band) : 0
      }
    }
    groupOfBand = (0..<G.bandCount).map { schedule.placeOfBand[$0] / G.groupSize }
    var counts = [Float](repeating: 0, count: G.groupCount)
    for band in 0..<layout.validCount { counts[groupOfBand[band]] += 1 }
    groupShares = counts.map { 1 / max($0, 1) }
  }

  deinit {
    window.deallocate()
    synthesis.deallocate()
    powers.deallocate()
    levels.deallocate()
    difference.deallocate()
    amplitudes.deallocate()
    spreads.deallocate()
    factors.deallocate()
    chips.deallocate()
  }

  /// Samples of a hop: a 150th of a second, less a few where the transform is then faster.
  static func hop(sampleRate: Int) -> Int {
    var hop = sampleRate / MarkGeometry.hopRate
    func rest(_ value: Int) -> Int {
      var value = value
      for factor in [2, 3, 5, 7, 11, 13] { while value % factor == 0 { value /= factor } }
      return value
    }
    while rest(hop) > 1 { hop -= 1 }
    return hop
  }

  /// The first sample of a symbol, counted from the beginning of the recording.
  package static func start(ofSymbol symbol: Int, sampleRate: Int) -> Int {
    (symbol * sampleRate + MarkGeometry.symbolRate / 2) / MarkGeometry.symbolRate
  }

  /// Computes what is to be added to a symbol's samples.
  ///
  /// - Parameters:
  ///   - symbol: its number, counted from the beginning of the recording.
  ///   - bits: what to write.
  ///   - host: its interleaved samples.
  ///   - frames: how many samples a channel it has.
  ///   - delta: the result, as many values as `host`.
  /// - Returns: whether anything is to be added.
  package func mark(
    symbol: Int, bits: SymbolBits, host: UnsafePointer<Float>, frames: Int,
    delta: UnsafeMutablePointer<Float>
  ) -> Outcome {
    delta.update(repeating: 0, count: frames * channelCount)
    hostEnergy = energy(host, frames * channelCount)
    guard hostEnergy > Self.silence * Float(frames * channelCount), hostEnergy.isFinite
    else { return .silent }
    let signs = bits.signs(symbol: symbol)
    for frame in 0..<2 {
      for pack in 0..<packs {
        load(host, at: frame * hop, pack: pack, into: forward[2 * pack + frame])
        forward[2 * pack + frame].execute()
      }
      measure(frame: frame)
    }
    observe()
    // The spreads have been renewed all the same: they must not depend on which layers are written.
    if signs == (0, 0) { return .unused }
    chooseGains(slot: symbol % G.period, signs: signs)
    for frame in 0..<2 {
      for pack in 0..<packs { synthesize(frame: frame, pack: pack, delta) }
    }
    keepSilence(host, frames, delta)
    return .marked
  }

  private func energy(_ samples: UnsafePointer<Float>, _ count: Int) -> Float {
    var sum = SIMD8<Float>.zero
    let whole = count / 8
    let vectors = UnsafeRawPointer(samples)
    for i in 0..<whole {
      let v = vectors.loadUnaligned(fromByteOffset: i * 32, as: SIMD8<Float>.self)
      sum += v * v
    }
    var rest: Float = 0
    for i in 8 * whole..<count { rest += samples[i] * samples[i] }
    return sum.sum() + rest
  }

  /// Puts two channels, windowed, into the real and the imaginary part of a transform.
  private func load(
    _ host: UnsafePointer<Float>, at start: Int, pack: Int, into transform: ComplexTransform
  ) {
    let n = 2 * hop
    let input = transform.input
    let stride = channelCount
    let first = host + start * stride + 2 * pack
    if stride == 2 {
      let windowed = UnsafeMutableRawPointer(input).assumingMemoryBound(to: Float.self)
      Eights.each(2 * n) { i in
        Eights.store(Eights.load(first, i) * Eights.load(window, i), windowed, i)
      } one: { i in
        windowed[i] = first[i] * window[i]
      }
    } else if 2 * pack + 1 < channelCount {
      for i in 0..<n {
        input[i] = SIMD2(first[i * stride], first[i * stride + 1]) * window[2 * i]
      }
    } else {
      for i in 0..<n { input[i] = SIMD2(first[i * stride] * window[2 * i], 0) }
    }
  }

  /// The band levels of one frame, all channels together.
  private func measure(frame: Int) {
    let n = 2 * hop
    let first = layout.edges[0]
    let end = layout.edges[layout.validCount]
    for pack in 0..<packs {
      let z = forward[2 * pack + frame].output
      for k in first..<end {
        let a = z[k]
        let b = z[n - k]
        let p = a * a + b * b
        powers[k] = (pack == 0 ? 0 : powers[k]) + p.x + p.y
      }
    }
    let level = UnsafeMutableRawPointer(levels + 4 * frame).assumingMemoryBound(to: Float.self)
    for band in 0..<layout.validCount {
      var sum: Float = 1e-7
      for k in layout.edges[band]..<layout.edges[band + 1] { sum += powers[k] }
      level[band] = sum
    }
    for band in layout.validCount..<G.bandCount { level[band] = 1 }
    for i in 0..<4 { levels[4 * frame + i] = Decibel.level(levels[4 * frame + i]) }
  }

  /// Computes the host's statistic and takes it into the spreads of the bands.
  private func observe() {
    for i in 0..<4 { difference[i] = levels[i] - levels[4 + i] }
    statistic.normalize(difference)
    for i in 0..<4 {
      spreads[i] += (difference[i] * difference[i] - spreads[i]) * Self.spreadRate
    }
  }

  /// The part of the amplitude that steady bands get.
  ///
  /// The less a band's level moves by itself, the more easily a change of it is heard, and the more
  /// a detector trusts it. The spreads are known from the host alone: no bit changes them.
  @inline(__always)
  private func steadinessShare(_ i: Int) -> SIMD8<Float> {
    Decibel.limited(spreads[i].squareRoot() * (1 / Self.unsteady), Self.steadyShare, 1)
  }

  /// Informed embedding: looks at what the detector would read, and adds just what is missing.
  private func chooseGains(slot: Int, signs: (Float, Float)) {
    let chip = chips + slot * G.bandCount
    let d = UnsafeMutableRawPointer(difference).assumingMemoryBound(to: Float.self)
    var host0: Float = 0
    var host1: Float = 0
    for band in 0..<layout.validCount {
      let agreement = d[band] * chip[band]
      if groupOfBand[band] == 0 { host0 += agreement } else { host1 += agreement }
    }
    host0 *= groupShares[0] * signs.0
    host1 *= groupShares[1] * signs.1
    let a0 = min(max(strength.target - host0, 0), strength.most) * signs.0
    let a1 = min(max(strength.target - host1, 0), strength.most) * signs.1
    let a = UnsafeMutableRawPointer(amplitudes).assumingMemoryBound(to: Float.self)
    for band in 0..<G.bandCount {
      let share = band < Self.lowBandShare.count ? Self.lowBandShare[band] : 1
      a[band] = (groupOfBand[band] == 0 ? a0 : a1) * chip[band] * share
    }
    for i in 0..<4 { amplitudes[i] *= steadinessShare(i) }
    // The weaker frame takes more of the change, so that the symbol's energy in the band stays
    // nearer to what it was: shares go by the square root of the other frame's power.
    for i in 0..<4 {
      let ratio = Decibel.exp2((levels[i] - levels[4 + i]) * 0.166_096_40)
      let share = 1 / (1 + ratio)
      factors[i] = Decibel.amplitude(2 * amplitudes[i] * share) - 1
      factors[4 + i] = Decibel.amplitude(-2 * amplitudes[i] * (1 - share)) - 1
    }
  }

  /// Adds the change of one frame in two channels.
  private func synthesize(frame: Int, pack: Int, _ delta: UnsafeMutablePointer<Float>) {
    let n = 2 * hop
    let z = forward[2 * pack + frame].output
    let factor = UnsafeMutableRawPointer(factors + 4 * frame).assumingMemoryBound(to: Float.self)
    let spectrum = inverse.input
    for band in 0..<layout.validCount {
      let f = factor[band]
      for k in layout.edges[band]..<layout.edges[band + 1] {
        spectrum[k] = z[k] * f
        spectrum[n - k] = z[n - k] * f
      }
    }
    inverse.execute()
    let y = inverse.output
    let stride = channelCount
    let out = delta + frame * hop * stride + 2 * pack
    if stride == 2 {
      let change = UnsafeRawPointer(y).assumingMemoryBound(to: Float.self)
      Eights.each(2 * n) { i in
        let more = Eights.load(change, i) * Eights.load(synthesis, i)
        Eights.store(Eights.load(out, i) + more, out, i)
      } one: { i in
        out[i] += change[i] * synthesis[i]
      }
    } else if 2 * pack + 1 < channelCount {
      for i in 0..<n {
        let v = y[i] * synthesis[2 * i]
        out[i * stride] += v.x
        out[i * stride + 1] += v.y
      }
    } else {
      for i in 0..<n { out[i * stride] += y[i].x * synthesis[2 * i] }
    }
  }

  /// Leaves runs of zeros alone: digital silence stays digital silence.
  ///
  /// A run of 16 frames or more has one whose number is 15 modulo 16, so that only these are
  /// looked at where there is sound.
  private func keepSilence(
    _ host: UnsafePointer<Float>, _ frames: Int, _ delta: UnsafeMutablePointer<Float>
  ) {
    let shortest = 16
    var frame = shortest - 1
    while frame < frames {
      if isZero(host, frame) {
        var first = frame
        while first > 0, isZero(host, first - 1) { first -= 1 }
        var end = frame + 1
        while end < frames, isZero(host, end) { end += 1 }
        if end - first >= shortest {
          (delta + first * channelCount).update(repeating: 0, count: (end - first) * channelCount)
        }
        frame = end / shortest * shortest + shortest - 1
      } else {
        frame += shortest
      }
    }
  }

  @inline(__always)
  private func isZero(_ host: UnsafePointer<Float>, _ frame: Int) -> Bool {
    let samples = host + frame * channelCount
    for channel in 0..<channelCount where samples[channel] != 0 { return false }
    return true
  }
}
