/// What the symbols of a mark say, read at one alignment without knowing any bit: the evidence a
/// tracer compares with the copies that were delivered.
package struct MarkReading: Sendable {
  /// The number of the first symbol modulo the period: its slot.
  package let firstSlot: Int
  /// The number of the first symbol in the title, nil where only its slot is known.
  package let titleSymbol: Int?
  /// For each symbol from there on, the natural logarithm of P(received | bit 1) / P(received | bit
  /// 0), bits as in plan delivery, before coding and after whitening; 0 where nothing was read.
  package private(set) var ratios: [Float] = []
  /// The power ratio of one copy's statistic: the square of its mean over its variance.
  package private(set) var powerRatio = 0.0
  /// Seconds from the beginning of the recording.
  package private(set) var start: Double
  package private(set) var end: Double
  /// How much faster than the original it plays.
  package let speed: Double
  /// Factor on all frequencies.
  package let pitch: Double
  /// How far its alignment is from chance, in standard deviations.
  package private(set) var z: Double
  /// Its place, from 0, among the alignments tried: those that cannot be chance are first of all.
  package internal(set) var rank: Int

  /// Whether its alignment is so far from chance that no other one was tried.
  package internal(set) var isCertain = false

  /// The frame of the recording at which the first symbol begins, and from symbol to symbol.
  private let origin: Double
  private let step: Double
  /// For each symbol, its statistic over its noise.
  private var statistics: [Float] = []

  /// The most a symbol's evidence counts: outliers are more frequent than their size says.
  private static let largestPowerRatio = 3.0
  private static let largestStatistic: Float = 1.4
  /// Symbols around one in which the noise is measured.
  private static let noiseReach = 25

  /// Reads the symbols of an alignment.
  ///
  /// - Parameters:
  ///   - map: the statistics of a stretch.
  ///   - candidate: the alignment and the frames it holds for.
  ///   - schedule: of the key.
  ///   - firstFrame: the number of the map's first frame in the recording.
  ///   - rank: its place among the alignments tried.
  init(
    _ map: StatisticMap, _ candidate: AlignmentSearch.Candidate, schedule: SlotSchedule,
    firstFrame: Int, rank: Int
  ) {
    let alignment = candidate.alignment
    let symbols = map.symbols(alignment, in: candidate.range)
    titleSymbol = nil
    firstSlot = alignment.slot(ofSymbol: symbols.lowerBound)
    step = alignment.step
    origin = Double(firstFrame) + alignment.start(ofSymbol: symbols.lowerBound)
    speed = alignment.speed
    pitch = alignment.pitch
    z = Double(candidate.z)
    self.rank = rank
    let seconds = 1 / Double(MarkGeometry.frameRate)
    start = origin * seconds
    end = (origin + step * Double(symbols.count)) * seconds
    read(map, alignment, symbols, schedule)
  }

  /// Takes what was read beside the recording itself.
  ///
  /// - Parameters:
  ///   - titleSymbol: the number of the first symbol in the title.
  ///   - ratios: the evidence of the symbols.
  ///   - powerRatio: that of one copy's statistic.
  ///   - origin: the frame at which the first symbol begins.
  ///   - rank: its place among the alignments tried.
  init(titleSymbol: Int, ratios: [Float], powerRatio: Double, origin: Double, rank: Int) {
    firstSlot = titleSymbol % MarkGeometry.period
    self.titleSymbol = titleSymbol
    self.ratios = ratios
    self.powerRatio = powerRatio
    self.origin = origin
    self.rank = rank
    step = Double(MarkGeometry.framesPerSymbol)
    let seconds = 1 / Double(MarkGeometry.frameRate)
    start = origin * seconds
    end = (origin + step * Double(ratios.count)) * seconds
    speed = 1
    pitch = 1
    z = 0
  }

  /// Correlations with the expected patterns, in units of the noise that the other patterns show.
  private mutating func read(
    _ map: StatisticMap, _ alignment: Alignment, _ symbols: Range<Int>, _ schedule: SlotSchedule
  ) {
    let count = symbols.count
    var values = [SIMD2<Float>](repeating: .zero, count: count)
    // Sums of the noise before each symbol.
    var noise = [SIMD2<Float>](repeating: .zero, count: count + 1)
    for (place, symbol) in symbols.enumerated() {
      let frame = Int(alignment.start(ofSymbol: symbol).rounded())
      var powers = SIMD2<Float>.zero
      if frame >= 0, frame < map.count {
        let slot = alignment.slot(ofSymbol: symbol)
        for group in 0..<MarkGeometry.groupCount {
          let index = 2 * slot + group
          var row = map.values[2 * frame + group]
          values[place][group] = row[Int(schedule.pattern[index])] * schedule.whitening[index]
          row[0] = 0
          row[Int(schedule.pattern[index])] = 0
          powers[group] = (row * row).sum() / Float(MarkGeometry.groupSize - 2)
        }
      }
      noise[place + 1] = noise[place] + powers
    }
    statistics = (0..<count).map { place in
      let window = max(0, place - Self.noiseReach)..<min(count, place + Self.noiseReach + 1)
      let level =
        (noise[window.upperBound] - noise[window.lowerBound]) / Float(window.count)
      let inverse = SIMD2<Float>(
        level.x > 1e-9 ? 1 / level.x : 0, level.y > 1e-9 ? 1 / level.y : 0)
      let scale = inverse.sum()
      return scale > 0 ? (values[place] * inverse).sum() / scale.squareRoot() : 0
    }
    weigh(schedule)
  }

  /// Turns statistics into evidence: how strong the mark is shows best where all copies agree.
  private mutating func weigh(_ schedule: SlotSchedule) {
    var (all, shared): (sum: Double, sharedSum: Double) = (0, 0)
    var (allCount, sharedCount) = (0, 0)
    for (place, value) in statistics.enumerated() where value != 0 {
      let power = min(Double(value * value), 400)
      all += power
      allCount += 1
      if schedule.layer[(firstSlot + place) % MarkGeometry.period] == .copyright {
        shared += power
        sharedCount += 1
      }
    }
    // Silence at both ends is no part of what was read.
    if let first = statistics.firstIndex(where: { $0 != 0 }),
      let last = statistics.lastIndex(where: { $0 != 0 })
    {
      let seconds = 1 / Double(MarkGeometry.frameRate)
      start = (origin + step * Double(first)) * seconds
      end = (origin + step * Double(last + 1)) * seconds
    }
    guard allCount > 0 else {
      ratios = [Float](repeating: 0, count: statistics.count)
      return
    }
    let isLong = sharedCount >= 150
    let mean = isLong ? shared / Double(sharedCount) : all / Double(allCount)
    powerRatio = min(max(mean - 1, 0.01), Self.largestPowerRatio)
    let amplitude = Float(max(mean - 1, 0.01).squareRoot())
    let factor = -2 * Float(powerRatio)
    ratios = statistics.map { value in
      factor * min(max(value / amplitude, -Self.largestStatistic), Self.largestStatistic)
    }
  }

  /// Adds a reading of a later stretch where its symbols are those that follow here.
  ///
  /// - Returns: whether it was one; symbols that both have are kept once.
  mutating func append(_ other: MarkReading, schedule: SlotSchedule) -> Bool {
    guard abs(other.step / step - 1) < 0.001, abs(other.pitch / pitch - 1) < 0.01 else {
      return false
    }
    let symbols = (other.origin - origin) / step
    let first = Int(symbols.rounded())
    guard first >= 0, abs(symbols - Double(first)) * step < 3,
      (firstSlot + first) % MarkGeometry.period == other.firstSlot
    else { return false }
    if first > statistics.count {
      guard first - statistics.count < 3000 else { return false }
      statistics += [Float](repeating: 0, count: first - statistics.count)
    }
    let known = statistics.count - first
    if known < other.statistics.count { statistics += other.statistics[max(known, 0)...] }
    z = max(z, other.z)
    weigh(schedule)
    return true
  }
}
