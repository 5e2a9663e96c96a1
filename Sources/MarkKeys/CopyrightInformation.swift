/// What the copyright mark of a title says in every copy: whose it is, which it is, and its rights.
///
/// Most significant first: 16 bits content server, 64 content number, 16 year, 32 rights. All 2^128
/// messages are valid. See `docs/copyright-message.md`.
package struct CopyrightInformation: Sendable, Hashable {
  /// What may not be done with a title without asking; bits without a name are kept.
  package struct Rights: OptionSet, Sendable, Hashable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Copies are for the person they were delivered to.
    package static let personalUse = Rights(rawValue: 1 << 0)
    /// Not to be played in public.
    package static let noPerformance = Rights(rawValue: 1 << 1)
    /// Not to be broadcast or streamed.
    package static let noBroadcast = Rights(rawValue: 1 << 2)
    /// Not to be changed, cut or mixed.
    package static let noAdaptation = Rights(rawValue: 1 << 3)

    /// The words for the bits that have a name, in their order.
    package static let words: [(word: String, right: Rights)] = [
      ("personal-use", .personalUse), ("no-performance", .noPerformance),
      ("no-broadcast", .noBroadcast), ("no-adaptation", .noAdaptation),
    ]
  }

  /// The number of the content server, 16 bits.
  package let contentServer: Int
  /// The content.
  package let content: ContentNumber
  /// The year of the rights, 16 bits; 0 when it is not known.
  package let year: Int
  /// What may not be done.
  package let rights: Rights

  /// - Throws: `MessageError.outOfRange` for a number that does not fit its field.
  package init(
    contentServer: Int, content: ContentNumber, year: Int? = nil, rights: Rights = []
  ) throws {
    for (field, value) in [("content-server number", contentServer), ("year", year ?? 0)]
    where value < 0 || value >> 16 != 0 {
      throw MessageError.outOfRange(field: field, value: value, bits: 16)
    }
    self.contentServer = contentServer
    self.content = content
    self.year = year ?? 0
    self.rights = rights
  }

  /// Reads the fields of a message.
  package init(_ message: Message) {
    contentServer = Int(message.high >> 48)
    content = ContentNumber(bits: message.high << 16 | message.low >> 48)
    year = Int(message.low >> 32 & 0xFFFF)
    rights = Rights(rawValue: UInt32(truncatingIfNeeded: message.low))
  }

  /// The message that carries these fields.
  package var message: Message {
    Message(
      high: UInt64(contentServer) << 48 | content.bits >> 16,
      low: content.bits << 48 | UInt64(year) << 32 | UInt64(rights.rawValue))
  }
}
