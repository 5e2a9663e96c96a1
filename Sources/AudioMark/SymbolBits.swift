package import MarkCode
package import MarkKeys

/// The bits an embedder writes, slot by slot.
package struct SymbolBits: Sendable {
  /// The plan they follow.
  package let plan: MarkPlan
  /// For slot and group, the whitened sign: +1 or -1, and 0 where nothing is written.
  private let signs: [Float]
  /// The signs of the fingerprint's slots, counted from the beginning of the recording.
  private let fingerprint: [Int8]
  private let schedule: SlotSchedule?
  private let fingerprintSlots: Int

  /// - Parameters:
  ///   - schedule: of the key.
  ///   - plan: how symbols are shared out.
  ///   - messages: the message of each layer that is written; layers left out stay unmarked.
  ///   - fingerprint: in plan delivery, +1 for bit 0 and -1 for bit 1 of the codeword, one for each
  ///     fingerprint slot counted from the beginning of the recording. Slots behind its end, or all
  ///     of them without it, stay unmarked.
  package init(
    schedule: SlotSchedule, plan: MarkPlan, messages: [MarkLayer: Message],
    fingerprint: [Int8] = []
  ) {
    precondition(fingerprint.isEmpty || plan == .delivery, "plan direct has no fingerprint")
    var coded: [MarkLayer: [Int8]] = [:]
    for (layer, message) in messages {
      guard let code = plan.code(of: layer) else { continue }
      coded[layer] = SymbolBits.encode(message, code)
    }
    var signs = [Float](repeating: 0, count: MarkGeometry.period * MarkGeometry.groupCount)
    for index in signs.indices {
      guard let place = schedule.codedPlace(plan: plan, index: index),
        let bits = coded[place.layer]
      else { continue }
      signs[index] = Float(bits[place.position % bits.count]) * schedule.whitening[index]
    }
    self.plan = plan
    self.signs = signs
    self.fingerprint = fingerprint
    self.schedule = fingerprint.isEmpty ? nil : schedule
    fingerprintSlots = schedule.layer.count { $0 == .fingerprint }
  }

  /// Any signs, one for each slot and group, 0 where nothing is written.
  init(plan: MarkPlan, signs: [Float]) {
    precondition(signs.count == MarkGeometry.period * MarkGeometry.groupCount)
    self.plan = plan
    self.signs = signs
    fingerprint = []
    schedule = nil
    fingerprintSlots = 0
  }

  /// The coded bits of a message as signs, +1 for bit 0.
  package static func encode(_ message: Message, _ code: MessageCode) -> [Int8] {
    [Int8](unsafeUninitializedCapacity: code.codedBits) { buffer, count in
      code.encode(high: message.high, low: message.low, into: buffer)
      count = code.codedBits
    }
  }

  /// The signs of the two groups of a symbol, counted from the beginning of the recording.
  @inline(__always)
  func signs(symbol: Int) -> (Float, Float) {
    let slot = symbol % MarkGeometry.period
    if let schedule, schedule.layer[slot] == .fingerprint {
      let number = symbol / MarkGeometry.period * fingerprintSlots + schedule.numberInLayer[slot]
      let sign = number < fingerprint.count ? Float(fingerprint[number]) : 0
      return (sign * schedule.whitening[2 * slot], sign * schedule.whitening[2 * slot + 1])
    }
    return (signs[2 * slot], signs[2 * slot + 1])
  }
}

extension SlotSchedule {
  /// Which coded bit a slot and group carry: its layer and place, before wrapping at the block.
  ///
  /// - Parameters:
  ///   - plan: how symbols are shared out.
  ///   - index: slot times 2 plus group.
  /// - Returns: nil where a layer has no coded message.
  package func codedPlace(plan: MarkPlan, index: Int) -> (layer: MarkLayer, position: Int)? {
    switch plan {
    case .direct: return (.identity, index)
    case .delivery:
      let slot = index / MarkGeometry.groupCount
      if layer[slot] == .fingerprint { return nil }
      return (layer[slot], numberInLayer[slot])
    }
  }
}
