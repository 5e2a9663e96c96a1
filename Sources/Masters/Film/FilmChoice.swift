import AudioMark
package import FingerprintCode
package import ImageMark
package import MarkKeys

/// Which variant a copy of a film takes in each segment, and in each symbol of its sound.
package struct FilmChoice: Sendable, Equatable {
  /// For each segment, its variant.
  package let variants: [FilmVariant]
  /// The same for the symbols of its sound; nil without sound of its own.
  package let sound: VariantChoice?

  /// The choice for a delivery.
  ///
  /// - Parameters:
  ///   - master: the film.
  ///   - identity: the message of the identity slots, coded as that of sound.
  ///   - codeword: of the fingerprint slots; it must reach to the end of the film.
  /// - Throws: `MasterError.shortCodeword`.
  package init(_ master: FilmMaster, identity: Message, codeword: FingerprintCodeword) throws {
    let needed = master.fingerprintCount
    guard codeword.slots.count >= needed else {
      throw MasterError.shortCodeword(
        master.files.path, bits: codeword.slots.count, needed: needed)
    }
    let coded =
      MarkPlan.delivery.code(of: .identity).map { SymbolBits.encode(identity, $0) } ?? []
    variants = master.index.segments.indices.map { segment in
      let isB =
        FilmSlots.isIdentity(segment)
        ? coded[FilmSlots.identityNumber(of: segment) % coded.count] < 0
        : codeword[FilmSlots.fingerprintNumber(of: segment)]
      return isB ? .b : .a
    }
    sound = try master.soundtrack.map { soundtrack in
      try VariantChoice(
        soundtrack.index, of: master.files.path, identity: identity, codeword: codeword.signs)
    }
  }
}
