package import MarkCode
package import MarkKeys

/// The bits an embedder writes, slot by slot.
package struct SymbolBits: Sendable {
  /// The plan they follow.
  package let plan: MarkPlan
  /// For slot and group, the whitened sign: +1 or -1, and 0 where nothing is written.
  private let signs: [Float]

  /// - Parameters:
  ///   - schedule: of the key.
  ///   - plan: how symbols are shared out.
  ///   - messages: the message of each layer that is written; layers left out stay unmarked.
  package init(schedule: SlotSchedule, plan: MarkPlan, messages: [MarkLayer: Message]) {
    self.plan = plan
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
    self.signs = signs
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
    return (signs[2 * slot], signs[2 * slot + 1])
  }
}

extension SlotSchedule {
  /// Which coded bit a slot and group carry: its layer and place, before wrapping at the block.
  ///
  /// - Parameter index: slot times 2 plus group.
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
