/// What a detector has read in a stretch of a title's fingerprint slots.
///
/// The evidence of a slot is the natural logarithm of P(received | bit 1) / P(received | bit 0); 0
/// says nothing, and stands for slots that were not read. How certain a single slot can be is
/// limited: no detector is calibrated farther, and one slot must not acquit a leaker.
package struct FingerprintEvidence: Sendable, Equatable {
  /// The largest magnitude that is kept; a bit is wrong once in nine million times then.
  package static let limit: Float = 16

  /// The fingerprint slots, counted from the beginning of the title.
  package let slots: Range<Int>
  /// For each of the slots, the evidence, -16...16.
  package private(set) var ratios: [Float]

  /// Nothing read yet.
  package init(slots: Range<Int>) {
    precondition(slots.lowerBound >= 0)
    self.slots = slots
    ratios = [Float](repeating: 0, count: slots.count)
  }

  /// Takes the evidence of all slots.
  ///
  /// - Parameters:
  ///   - first: the number of the first slot.
  ///   - ratios: any numbers, also infinite ones; not-a-numbers count as not read.
  package init(first: Int, ratios: some Collection<Float>) {
    self.init(slots: first..<first + ratios.count)
    for (slot, ratio) in zip(slots, ratios) { add(ratio, slot: slot) }
  }

  /// Takes statistics that are near +1 for a 1 and -1 for a 0, with normal errors: 2 R times them.
  ///
  /// - Parameters:
  ///   - first: the number of the first slot.
  ///   - statistics: for each slot, 0 or not-a-number if it was not read.
  ///   - powerRatio: R, one over the variance of the errors, above 0. More than
  ///     `CollusionModel.largestPowerRatio` counts as that, lest the limit of the evidence make a
  ///     mean of copies look like one copy.
  package init(first: Int, statistics: some Collection<Float>, powerRatio: Double) {
    precondition(powerRatio > 0)
    let factor = Float(2 * min(powerRatio, CollusionModel.largestPowerRatio))
    self.init(first: first, ratios: statistics.map { factor * $0 })
  }

  /// Adds the evidence of a slot, which may have been read before.
  ///
  /// - Parameters:
  ///   - ratio: any number, also an infinite one; a not-a-number counts as not read.
  ///   - slot: one of `slots`.
  package mutating func add(_ ratio: Float, slot: Int) {
    precondition(slots.contains(slot), "slot \(slot) is outside the evidence")
    guard !ratio.isNaN else { return }
    let limited = max(-Self.limit, min(Self.limit, ratio))
    let place = slot - slots.lowerBound
    ratios[place] = max(-Self.limit, min(Self.limit, ratios[place] + limited))
  }

  /// How many slots say something.
  package var readCount: Int { ratios.reduce(0) { $0 + ($1 == 0 ? 0 : 1) } }
}
