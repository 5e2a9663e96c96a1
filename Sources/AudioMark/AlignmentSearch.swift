/// Finds where the symbols of a mark lie, without looking at its bits.
final class AlignmentSearch {
  private typealias G = MarkGeometry

  /// A place where symbols may lie, and how far that is from chance.
  struct Candidate {
    var alignment: Alignment
    /// Frames it was found in.
    var range: Range<Int>
    /// Standard deviations.
    var z: Float
  }

  let schedule: SlotSchedule
  private let correlator: PhaseCorrelator

  init(schedule: SlotSchedule) {
    self.schedule = schedule
    correlator = PhaseCorrelator(schedule: schedule)
  }

  /// The best alignments of one step, over all offsets and slots.
  ///
  /// - Parameters:
  ///   - energies: what to look at.
  ///   - first: frame of the stretch at which the energies begin.
  ///   - step: frames from symbol to symbol.
  ///   - pitch: factor on frequencies that the energies are of.
  ///   - wanted: how many to return at most, none nearly the same as another.
  /// - Returns: the candidates, best first.
  func candidates(
    _ energies: EnergyMap, first: Int, step: Double, pitch: Double, wanted: Int
  ) -> [Candidate] {
    let range = first..<first + energies.count
    var found: [Candidate] = []
    let offsets = Int(step.rounded(.up))
    for offset in 0..<offsets {
      let start = step * Double(offset) / Double(offsets)
      let count = Int((Double(energies.count - 1) - start) / step) + 1
      guard count >= 25 else { continue }
      for peak in correlator.peaks(energies, start: start, step: step, count: count, wanted: wanted)
      {
        let alignment = Alignment(
          frame: Double(first) + start, slot: peak.slot, step: step, pitch: pitch)
        Self.insert(
          Candidate(alignment: alignment, range: range, z: peak.z), into: &found, wanted: wanted)
      }
    }
    return found
  }

  /// The same for a range of frames of a map.
  func candidates(
    _ map: StatisticMap, in range: Range<Int>, step: Double, pitch: Double, wanted: Int
  ) -> [Candidate] {
    let range = range.clamped(to: 0..<map.count)
    return candidates(
      EnergyMap(map, range), first: range.lowerBound, step: step, pitch: pitch, wanted: wanted)
  }

  /// Puts a candidate into a list sorted by z, unless a better one of nearly the same place is there.
  static func insert(_ candidate: Candidate, into list: inout [Candidate], wanted: Int) {
    let period = Double(G.framesPerPeriod)
    func isNear(_ other: Candidate) -> Bool {
      let a = candidate.alignment
      let b = other.alignment
      guard abs(a.pitch / b.pitch - 1) < 0.03, candidate.range.overlaps(other.range) else {
        return false
      }
      // Compare the position within the period at the middle of the range.
      let middle = Double(candidate.range.lowerBound + candidate.range.upperBound) / 2
      let x = Double(a.slot) + (middle - a.frame) / a.step
      let y = Double(b.slot) + (middle - b.frame) / b.step
      let distance = abs((x - y).remainder(dividingBy: period / 6))
      return distance < 0.75
    }
    if let same = list.firstIndex(where: isNear) {
      guard list[same].z < candidate.z else { return }
      list.remove(at: same)
    }
    guard list.count < wanted || candidate.z > (list.last?.z ?? -1) else { return }
    list.insert(candidate, at: list.firstIndex { $0.z < candidate.z } ?? list.count)
    if list.count > wanted { list.removeLast() }
  }

  /// Sharpens offset and step on the candidate's range, then on ever wider ranges around it.
  ///
  /// - Parameters:
  ///   - map: statistics at the candidate's pitch.
  ///   - candidate: where to begin.
  ///   - limit: frames it may grow to.
  /// - Returns: the alignment on the widest range that still made it more certain.
  func refine(_ map: StatisticMap, _ candidate: Candidate, limit: Range<Int>) -> Candidate {
    let limit = limit.clamped(to: 0..<map.count)
    var best = sharpen(map, candidate)
    while true {
      let length = best.range.count
      let lower = max(limit.lowerBound, best.range.lowerBound - length / 2)
      let upper = min(limit.upperBound, best.range.upperBound + length / 2)
      let wider = lower..<upper
      if wider == best.range { return best }
      var next = best
      next.range = wider
      next.z = -.infinity
      next = sharpen(map, next)
      // Adding as much again of the same should raise z by 1.4; adding strange matter lowers it.
      let growth = (Float(wider.count) / Float(length)).squareRoot()
      if next.z < best.z * (1 + 0.25 * (growth - 1)) { return best }
      best = next
    }
  }

  private func sharpen(_ map: StatisticMap, _ candidate: Candidate) -> Candidate {
    var best = candidate
    best.z = -.infinity
    let middle = Double(candidate.range.lowerBound + candidate.range.upperBound) / 2
    let halfLength = Double(candidate.range.count) / 2
    // Turn the line about its middle: shift and tilt are then independent.
    var centre = candidate.alignment
    let symbol = centre.symbol(atOrAfter: middle)
    centre.frame = centre.start(ofSymbol: symbol)
    centre.slot = candidate.alignment.slot(ofSymbol: symbol)
    var reach = 1.0
    for _ in 0..<3 {
      let origin = best.z == -.infinity ? centre : best.alignment
      for tilt in [-2.0, -1, 0, 1, 2] {
        for shift in [-2.0, -1, 0, 1, 2] {
          var trial = origin
          trial.frame += shift * reach / 2
          trial.step *= 1 + tilt * reach / 2 / halfLength
          let z = map.z(trial, symbols: map.symbols(trial, in: candidate.range), schedule: schedule)
          if z > best.z {
            best.z = z
            best.alignment = trial
          }
        }
      }
      reach /= 2
    }
    return best
  }
}
