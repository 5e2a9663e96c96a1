package import MarkKeys

/// The bits that a delivery writes into a stretch of a title's fingerprint slots.
package struct FingerprintCodeword: Sendable, Hashable {
  /// The fingerprint slots, counted from the beginning of the title.
  package let slots: Range<Int>
  /// The bits, eight a byte, the first one in the lowest place; unused places are 0.
  package let packed: [UInt8]

  /// Makes the bits of a delivery: 1 where the byte of its stream is below the step of the bias.
  ///
  /// - Parameters:
  ///   - key: the fingerprint key of the title.
  ///   - message: the message of the delivery.
  ///   - biases: the biases of the title; the codeword has their slots.
  package init(key: FingerprintKey, message: Message, biases: FingerprintBiases) {
    let slots = biases.slots
    self.slots = slots
    let first = slots.lowerBound / 64
    let skipped = slots.lowerBound - 64 * first
    var packed = [UInt8](repeating: 0, count: (slots.count + 7) / 8)
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: skipped + slots.count) { bytes in
      key.secret.withBytes {
        FingerprintKey.write(bytes, fromBlock: first, of: message, .codeword, key: $0)
      }
      for (place, step) in biases.steps.enumerated() where bytes[skipped + place] < step {
        packed[place / 8] |= 1 << UInt8(place % 8)
      }
    }
    self.packed = packed
  }

  /// Takes bits from elsewhere, such as a mixture in a test.
  package init(slots: Range<Int>, bits: some Collection<Bool>) {
    precondition(bits.count == slots.count)
    self.slots = slots
    var packed = [UInt8](repeating: 0, count: (slots.count + 7) / 8)
    for (place, bit) in bits.enumerated() where bit { packed[place / 8] |= 1 << UInt8(place % 8) }
    self.packed = packed
  }

  /// The bit of a slot, which must be one of `slots`.
  package subscript(slot: Int) -> Bool {
    let place = slot - slots.lowerBound
    return packed[place / 8] >> UInt8(place % 8) & 1 == 1
  }
}
