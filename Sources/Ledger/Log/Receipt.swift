package import Signing
package import Trade

/// An entry that is to be written.
package struct Draft: Sendable {
  /// The identifier: the same one makes it the same entry, however often it is appended.
  package let id: Handle
  package let event: Event

  package init(id: Handle, _ body: any EventBody) {
    self.id = id
    event = Event(body)
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
