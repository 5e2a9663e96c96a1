package import Signing
package import Trade

/// An entry that is to be written.
package struct Draft: Sendable {
  /// The identifier: the same one makes it the same entry, however often it is appended.
  package let id: Handle
  package let event: Event
  /// The body as it will stand in the line.
  let body: [UInt8]

  /// Makes sure that the body can be read back, with all that is asked of its members.
  ///
  /// - Throws: `CanonicalFault` or `FieldFault`.
  package init(id: Handle, _ body: any EventBody) throws {
    self.id = id
    let event = Event(body)
    let bytes = body.canonical.bytes
    self.event = try bytes.withUnsafeBytes { try Event(event.kind, CanonicalText().read($0)) }
    self.body = bytes
  }

  /// - Parameters:
  ///   - id: the identifier.
  ///   - event: what `body` was read as.
  ///   - body: canonical bytes.
  init(id: Handle, _ event: Event, body: [UInt8]) {
    self.id = id
    self.event = event
    self.body = body
  }
}

/// What a writer gets once its entry is on the disk.
package struct Receipt: Sendable, Equatable {
  package let id: Handle
  /// The number of the entry, from 0.
  package let index: Int64
  package let time: UTCTime
  /// The leaf hash of the entry.
  package let leaf: SHA256Hash
  /// Whether the entry had been written before.
  package let isReplay: Bool
}
