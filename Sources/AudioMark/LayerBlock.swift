import MarkCode

/// Soft values of one layer's coded bits, added up over all symbols that were seen.
struct LayerBlock {
  /// Which layer, in which plan.
  let plan: MarkPlan
  let layer: MarkLayer
  /// For slot and group, the coded position, or -1.
  let position: [Int32]
  /// The sums, positive for bit 0.
  var soft: [Float]

  init(schedule: SlotSchedule, plan: MarkPlan, layer: MarkLayer, code: MessageCode) {
    self.plan = plan
    self.layer = layer
    position = (0..<MarkGeometry.period * MarkGeometry.groupCount).map { index in
      guard let place = schedule.codedPlace(plan: plan, index: index), place.layer == layer
      else { return -1 }
      return Int32(place.position % code.codedBits)
    }
    soft = [Float](repeating: 0, count: code.codedBits)
  }

  /// Adds the symbols of an alignment that lie in the map.
  mutating func add(
    _ map: StatisticMap, _ alignment: Alignment, symbols: Range<Int>, schedule: SlotSchedule
  ) {
    for symbol in symbols {
      let frame = Int(alignment.start(ofSymbol: symbol).rounded())
      guard frame >= 0, frame < map.count else { continue }
      let slot = alignment.slot(ofSymbol: symbol)
      for group in 0..<MarkGeometry.groupCount {
        let index = 2 * slot + group
        let place = Int(position[index])
        guard place >= 0 else { continue }
        let value = map.values[2 * frame + group][Int(schedule.pattern[index])]
        soft[place] += value * schedule.whitening[index]
      }
    }
  }

  /// Adds another block of the same layer.
  mutating func add(_ other: LayerBlock) {
    for i in soft.indices { soft[i] += other.soft[i] }
  }

  /// The correlation with a code word.
  func correlation(_ signs: [Int8]) -> Double {
    var sum = 0.0
    for i in soft.indices { sum += Double(soft[i]) * Double(signs[i]) }
    return sum
  }
}
