/// The statistics of all patterns at every frame of a stretch: what the search reads.
///
/// For frame t it holds, for both groups, the correlation of the weighted differences with the 16
/// rows of the Hadamard matrix, as if a symbol began at t.
final class StatisticMap {
  private typealias G = MarkGeometry

  /// Frames with statistics.
  let count: Int
  /// The 32 statistics of frame t begin at `2 * t`, a vector for each group.
  let values: UnsafeMutablePointer<SIMD16<Float>>
  /// Part of the frames that are not silent, 0...1.
  let activity: Float

  /// - Parameters:
  ///   - spectra: the spectra.
  ///   - range: its frames to use.
  ///   - schedule: of the key.
  ///   - pitch: factor on the frequencies of the bands.
  ///   - spacing: frames from a symbol's first frame of analysis to its second; 2 at unchanged speed.
  init(
    _ spectra: SpectrumMap, _ range: Range<Int>, schedule: SlotSchedule, pitch: Double,
    spacing: Double
  ) {
    let layout = BandLayout(
      lineWidth: spectra.lineWidth, lineCount: spectra.usableLines, pitch: pitch)
    let frames = range.count
    let bands = BandLevels(spectra, range, schedule: schedule, layout)
    let levels = bands.values
    defer { withExtendedLifetime(bands) {} }
    let reach = Int(spacing.rounded(.up))
    count = max(frames - reach, 0)
    values = .allocate(capacity: max(2 * count, 1))
    let floor = NoiseFloor(levels: levels, count: frames)
    activity = floor.activity
    guard count > 0 else { return }

    let isValid = schedule.bandAtPlace.map { $0 < layout.validCount }
    let statistic = SymbolStatistic(isValid: isValid)
    let differences = UnsafeMutablePointer<SIMD8<Float>>.allocate(capacity: 4 * count)
    let others = UnsafeMutablePointer<SIMD8<Float>>.allocate(capacity: 4)
    others.initialize(repeating: .zero, count: 4)
    defer {
      differences.deallocate()
      others.deallocate()
    }
    let whole = Int(spacing)
    let part = Float(spacing - Double(whole))
    for t in 0..<count {
      let d = differences + 4 * t
      let first = levels + 4 * t
      let second = levels + 4 * (t + whole)
      if part == 0 {
        for i in 0..<4 { d[i] = first[i] - second[i] }
      } else {
        let third = levels + 4 * (t + reach)
        for i in 0..<4 { d[i] = first[i] - (second[i] * (1 - part) + third[i] * part) }
      }
      statistic.normalize(d)
    }
    weigh(differences, levels, whole: whole, floor: floor, schedule: schedule)
  }

  deinit { values.deallocate() }

  /// Weighs the differences by how far they can be trusted and correlates them with the patterns.
  ///
  /// A band counts by the inverse of its spread in the second around the frame, and by how far its
  /// weaker frame lies above the noise floor: near it, a gain is drowned.
  private func weigh(
    _ differences: UnsafeMutablePointer<SIMD8<Float>>, _ levels: UnsafeMutablePointer<SIMD8<Float>>,
    whole: Int, floor: NoiseFloor, schedule: SlotSchedule
  ) {
    let half = G.frameRate / 2
    var sums = (SIMD8<Float>.zero, SIMD8<Float>.zero, SIMD8<Float>.zero, SIMD8<Float>.zero)
    var used = 0
    @inline(__always) func add(_ t: Int, _ sign: Float) {
      let d = differences + 4 * t
      sums.0 += d[0] * d[0] * sign
      sums.1 += d[1] * d[1] * sign
      sums.2 += d[2] * d[2] * sign
      sums.3 += d[3] * d[3] * sign
    }
    for t in 0..<min(half, count) {
      add(t, 1)
      used += 1
    }
    let mask = UnsafeMutablePointer<SIMD8<Float>>.allocate(capacity: 4)
    defer { mask.deallocate() }
    for i in 0..<4 {
      var lanes = SIMD8<Float>.zero
      for lane in 0..<8 { lanes[lane] = schedule.maskAtPlace[8 * i + lane] }
      mask[i] = lanes
    }
    let one = SIMD8<Float>(repeating: 1)
    let least = SIMD8<Float>(repeating: 0.1)
    for t in 0..<count {
      if t + half < count {
        add(t + half, 1)
        used += 1
      }
      if t - half - 1 >= 0 {
        add(t - half - 1, -1)
        used -= 1
      }
      let scale = 1 / Float(used)
      let d = differences + 4 * t
      @inline(__always) func weighted(_ i: Int, _ sum: SIMD8<Float>) -> SIMD8<Float> {
        let variance = pointwiseMax(sum * scale, SIMD8<Float>.zero)
        let weight = 1 / (variance.squareRoot() + 0.5)
        let weaker = pointwiseMin(levels[4 * t + i], levels[4 * (t + whole) + i])
        let share = one - Decibel.power(floor.levels[i] - weaker)
        return d[i] * weight * share.clamped(lowerBound: least, upperBound: one) * mask[i]
      }
      let group0 = SIMD16(lowHalf: weighted(0, sums.0), highHalf: weighted(1, sums.1))
      let group1 = SIMD16(lowHalf: weighted(2, sums.2), highHalf: weighted(3, sums.3))
      values[2 * t] = Self.correlate(group0)
      values[2 * t + 1] = Self.correlate(group1)
    }
  }

  /// The Walsh-Hadamard transform in natural order: lane c is the correlation with row c.
  @inline(__always)
  private static func correlate(_ x: SIMD16<Float>) -> SIMD16<Float> {
    var v = x
    for _ in 0..<4 {
      let a = v.lowHalf + v.highHalf
      let b = v.lowHalf - v.highHalf
      v.evenHalf = a
      v.oddHalf = b
    }
    return v
  }
}

/// The level below which a band hardly ever goes, taken as the level of noise in it.
struct NoiseFloor {
  /// dB for 32 places, as 4 vectors.
  let levels: [SIMD8<Float>]
  /// Part of the frames that are more than digital silence.
  let activity: Float

  /// The 4th part in a hundred of the levels of each place, from a histogram in steps of half a dB.
  init(levels: UnsafeMutablePointer<SIMD8<Float>>, count: Int) {
    let bins = 512
    let histogram = UnsafeMutablePointer<Int32>.allocate(capacity: bins * 32)
    histogram.initialize(repeating: 0, count: bins * 32)
    defer { histogram.deallocate() }
    var active = 0
    for t in 0..<count {
      for i in 0..<4 {
        let v = levels[4 * t + i]
        let bin = (v * 2 + 256).clamped(lowerBound: .zero, upperBound: .init(repeating: 511))
        for lane in 0..<8 { histogram[(8 * i + lane) * bins + Int(bin[lane])] += 1 }
        if i == 0, v.max() > -60 { active += 1 }
      }
    }
    activity = count > 0 ? Float(active) / Float(count) : 0
    func floor(_ place: Int) -> Float {
      var left = Int32(count / 25)
      for bin in 0..<bins {
        left -= histogram[place * bins + bin]
        if left < 0 { return (Float(bin) - 256 + 0.5) / 2 }
      }
      return -128
    }
    func vector(_ i: Int) -> SIMD8<Float> {
      var result = SIMD8<Float>.zero
      for lane in 0..<8 { result[lane] = floor(8 * i + lane) }
      return result
    }
    self.levels = (0..<4).map(vector)
  }
}
