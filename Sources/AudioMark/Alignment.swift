/// Where the symbols of a mark lie in a stretch of frames.
struct Alignment: Sendable {
  /// Frame at which slot `slot` begins.
  var frame: Double
  /// The slot, 0..<960.
  var slot: Int
  /// Frames from symbol to symbol: 6 over the speed.
  var step: Double
  /// Factor on frequencies.
  var pitch: Double

  /// How much faster than the original this plays.
  var speed: Double { Double(MarkGeometry.framesPerSymbol) / step }

  /// Frames from the first frame of analysis of a symbol to its second.
  var spacing: Double { step / 3 }

  /// The symbol that begins at or after a frame: its number from `slot` on, perhaps negative.
  func symbol(atOrAfter other: Double) -> Int { Int(((other - frame) / step).rounded(.up)) }

  /// The frame at which a symbol begins.
  func start(ofSymbol symbol: Int) -> Double { frame + step * Double(symbol) }

  /// The slot of a symbol.
  func slot(ofSymbol symbol: Int) -> Int {
    let slot = (self.slot + symbol) % MarkGeometry.period
    return slot < 0 ? slot + MarkGeometry.period : slot
  }
}

extension StatisticMap {
  /// The energy at the patterns the key expects, less what the others have, and its variance.
  ///
  /// - Parameters:
  ///   - alignment: where symbols lie; its pitch is the map's.
  ///   - symbols: numbers of the symbols to look at; those outside the map are left out.
  ///   - schedule: of the key.
  /// - Returns: both sums, and how many symbols there were.
  func energy(
    _ alignment: Alignment, symbols: Range<Int>, schedule: SlotSchedule
  ) -> (excess: Float, variance: Float, count: Int) {
    var excess: Float = 0
    var variance: Float = 0
    var used = 0
    for symbol in symbols {
      let frame = Int(alignment.start(ofSymbol: symbol).rounded())
      guard frame >= 0, frame < count else { continue }
      let slot = alignment.slot(ofSymbol: symbol)
      for group in 0..<MarkGeometry.groupCount {
        let e = SymbolEnergy.of(values[2 * frame + group])
        let total = e.sum()
        let mean = total * (1 / 15)
        let expected = e[Int(schedule.pattern[2 * slot + group])]
        excess += expected - mean
        variance += ((e * e).sum() - total * mean) * (1 / 15)
      }
      used += 1
    }
    return (excess, variance, used)
  }

  /// The same as a number of standard deviations.
  func z(_ alignment: Alignment, symbols: Range<Int>, schedule: SlotSchedule) -> Float {
    let (excess, variance, _) = energy(alignment, symbols: symbols, schedule: schedule)
    return variance > 0 ? excess / variance.squareRoot() : 0
  }

  /// Numbers of the symbols of an alignment that lie in a range of frames.
  func symbols(_ alignment: Alignment, in range: Range<Int>) -> Range<Int> {
    let first = alignment.symbol(atOrAfter: Double(max(range.lowerBound, 0)))
    let end = alignment.symbol(atOrAfter: Double(min(range.upperBound, count)) - 0.5)
    return first..<max(first, end)
  }
}
