package import MarkKeys

/// One of the two renderings of a recording that marked copies are put together from.
package enum MarkVariant: Int, Sendable, CaseIterable {
  /// Every identity and fingerprint slot carries bit 0.
  case a = 0
  /// Every identity and fingerprint slot carries bit 1.
  case b = 1
}

extension SymbolBits {
  /// The bits of a variant in plan delivery.
  ///
  /// - Parameters:
  ///   - variant: which of the two.
  ///   - schedule: of the key.
  ///   - copyright: the message of the copyright slots, equal in both variants.
  package init(_ variant: MarkVariant, schedule: SlotSchedule, copyright: Message) {
    let code = MarkPlan.delivery.code(of: .copyright)
    let coded = code.map { SymbolBits.encode(copyright, $0) } ?? []
    let sign: Float = variant == .a ? 1 : -1
    let signs = (0..<MarkGeometry.period * MarkGeometry.groupCount).map { index in
      let slot = index / MarkGeometry.groupCount
      let isShared = schedule.layer[slot] == .copyright
      return schedule.whitening[index]
        * (isShared ? Float(coded[schedule.numberInLayer[slot] % coded.count]) : sign)
    }
    self.init(plan: .delivery, signs: signs)
  }
}
