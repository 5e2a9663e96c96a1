import MarkKeys

/// The biases of a stretch of a title's fingerprint slots: how likely a codeword's bit is 1 there.
///
/// Biases are secret: whoever knows them can steer a mixture or frame somebody.
package struct FingerprintBiases: Sendable, Equatable {
  /// The domain of the pseudo-random streams the biases come from.
  package static let domain: UInt32 = 1
  private static let perStream = 16

  /// The fingerprint slots, counted from the beginning of the title.
  package let slots: Range<Int>
  /// For each of the slots, the bias in units of 1/256, 1...255.
  package let steps: [UInt8]

  /// Derives the biases of some slots; those before them cost nothing.
  ///
  /// - Parameters:
  ///   - key: the fingerprint key of the title.
  ///   - slots: from 0 on; any number of them.
  package init(key: FingerprintKey, slots: Range<Int>) {
    precondition(slots.lowerBound >= 0)
    self.slots = slots
    var steps: [UInt8] = []
    steps.reserveCapacity(slots.count)
    var slot = slots.lowerBound
    while slot < slots.upperBound {
      let first = slot / Self.perStream * Self.perStream
      var stream = PRFStream(
        key: key.secret, domain: Self.domain, index: UInt64(first / Self.perStream))
      for place in first..<min(first + Self.perStream, slots.upperBound) {
        let number = stream.nextUInt32()
        if place >= slot { steps.append(BiasDistribution.step(number)) }
      }
      slot = first + Self.perStream
    }
    self.steps = steps
  }

  /// The probability that a codeword has 1 in a slot, which must be one of `slots`.
  package subscript(slot: Int) -> Double {
    Double(steps[slot - slots.lowerBound]) / Double(BiasDistribution.denominator)
  }
}
