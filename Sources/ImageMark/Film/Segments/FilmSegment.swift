import CSodium

/// What the mark of a segment says: of which title it is, the how manieth, and which variant.
///
/// 64 bits, most significant first: 40 of the title's tag, 23 of the number, 1 of the variant.
/// `docs/film-mark.md`, section 3, is the specification.
package struct FilmSegment: Sendable, Equatable {
  /// Bits of a title's tag and of a number.
  package static let tagBits = 40
  package static let numberBits = 23

  /// The title's tag, 40 bits.
  package let titleTag: UInt64
  /// The segment, counted from 0 at the film's beginning, below 2^23.
  package let number: Int
  /// Which of the two.
  package let variant: FilmVariant

  /// - Parameters:
  ///   - titleTag: below 2^40.
  ///   - number: 0 ..< 2^23.
  ///   - variant: which of the two.
  package init(titleTag: UInt64, number: Int, variant: FilmVariant) {
    precondition(titleTag >> UInt64(Self.tagBits) == 0, "a tag has 40 bits")
    precondition(number >= 0 && number >> Self.numberBits == 0, "a number has 23 bits")
    self.titleTag = titleTag
    self.number = number
    self.variant = variant
  }

  /// - Parameters:
  ///   - title: the handle of the content.
  ///   - number: 0 ..< 2^23.
  ///   - variant: which of the two.
  package init(title: String, number: Int, variant: FilmVariant) {
    self.init(titleTag: Self.tag(of: title), number: number, variant: variant)
  }

  /// - Parameter value: the 64 bits, any.
  package init(value: UInt64) {
    titleTag = value >> UInt64(Self.numberBits + 1)
    number = Int(value >> 1 & (1 << UInt64(Self.numberBits) - 1))
    variant = value & 1 == 0 ? .a : .b
  }

  /// The 64 bits.
  package var value: UInt64 {
    titleTag << UInt64(Self.numberBits + 1) | UInt64(number) << 1 | UInt64(variant.rawValue)
  }

  /// The tag of a title: the first five bytes of the SHA-256 of its handle.
  ///
  /// - Parameter title: the handle of the content.
  /// - Returns: 40 bits.
  package static func tag(of title: String) -> UInt64 {
    var hash = [UInt8](repeating: 0, count: crypto_hash_sha256_bytes())
    let units = Array(title.utf8)
    crypto_hash_sha256(&hash, units, UInt64(units.count))
    return hash.prefix(5).reduce(0) { $0 << 8 | UInt64($1) }
  }
}
