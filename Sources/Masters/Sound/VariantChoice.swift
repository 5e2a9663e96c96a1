package import AudioMark
package import FingerprintCode
package import MarkKeys

/// Which variant a copy takes in each symbol.
///
/// No key is needed: which slot belongs to which layer stands in the index, and whitening is part
/// of both variants.
package struct VariantChoice: Sendable, Equatable {
  /// For each symbol of the recording, its variant.
  package let variants: [MarkVariant]

  /// The choice for a delivery.
  ///
  /// - Parameters:
  ///   - index: says what the symbols are.
  ///   - path: of the master, for messages.
  ///   - identity: the message of the identity slots.
  ///   - codeword: +1 for bit 0 and -1 for bit 1, one for each fingerprint slot from the beginning
  ///     of the recording; `index.count(of: .fingerprint)` of them at least.
  /// - Throws: `MasterError.shortCodeword`.
  package init(
    _ index: MasterIndex, of path: String, identity: Message, codeword: [Int8]
  ) throws {
    let needed = index.count(of: .fingerprint)
    guard codeword.count >= needed else {
      throw MasterError.shortCodeword(path, bits: codeword.count, needed: needed)
    }
    let coded =
      MarkPlan.delivery.code(of: .identity).map { SymbolBits.encode(identity, $0) } ?? []
    let period = MarkGeometry.period
    variants = (0..<index.symbolCount).map { symbol in
      let sign =
        switch index.layers[symbol % period] {
        case .copyright: Int8(1)
        case .identity: coded[index.numberInLayer[symbol % period] % coded.count]
        case .fingerprint: codeword[index.number(ofSymbol: symbol)]
        }
      return sign > 0 ? .a : .b
    }
  }

  /// The choice for a delivery out of a master of sound.
  ///
  /// - Throws: `MasterError.shortCodeword`.
  package init(_ master: Master, identity: Message, codeword: [Int8]) throws {
    try self.init(master.index, of: master.path, identity: identity, codeword: codeword)
  }

  /// The choice for a delivery out of a master of sound, whose codeword is a fingerprint.
  ///
  /// - Throws: `MasterError.shortCodeword`.
  package init(_ master: Master, identity: Message, codeword: FingerprintCodeword) throws {
    try self.init(master, identity: identity, codeword: codeword.signs)
  }

  /// Any choice.
  package init(_ variants: [MarkVariant]) { self.variants = variants }
}

/// Symbols one after another that are taken from the same variant.
struct VariantRun: Equatable {
  let variant: MarkVariant
  let symbols: Range<Int>
}

extension VariantChoice {
  /// The choice as runs, as long as they can be: equal symbols belong to whatever is before them.
  func runs(_ index: MasterIndex) -> [VariantRun] {
    var runs: [VariantRun] = []
    var current: MarkVariant?
    var start = 0
    for (symbol, variant) in variants.enumerated() where index.differs[symbol] {
      if let last = current, last != variant {
        runs.append(VariantRun(variant: last, symbols: start..<symbol))
        start = symbol
      }
      current = variant
    }
    if !variants.isEmpty {
      runs.append(VariantRun(variant: current ?? .a, symbols: start..<variants.count))
    }
    return runs
  }
}

extension FingerprintCodeword {
  /// +1 for each bit of 0 and -1 for each of 1.
  var signs: [Int8] { slots.map { self[$0] ? -1 : 1 } }
}
