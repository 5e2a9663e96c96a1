import CommandLineSupport
package import Signing
package import Trade

/// An entry that is to be written.
package struct Draft: Sendable {
  /// The identifier: the same one makes it the same entry, however often it is appended.
  package let id: Handle
  package let event: Event
  /// The body as it will stand in the line.
  let body: [UInt8]
  /// Whether the event was read from the body, not the body made of the event.
  let isRead: Bool
  /// The line of input it comes from, counted from 1, which then stands in what is thrown.
  package let line: Int?

  package init(id: Handle, _ body: any EventBody, line: Int? = nil) {
    self.id = id
    event = Event(body)
    self.body = body.canonical.bytes
    isRead = false
    self.line = line
  }

  /// - Parameters:
  ///   - id: the identifier.
  ///   - event: what `body` was read as.
  ///   - body: canonical bytes.
  init(id: Handle, _ event: Event, body: [UInt8]) {
    self.id = id
    self.event = event
    self.body = body
    isRead = true
    line = nil
  }

  /// Names the line in what is thrown.
  func locating<Result>(_ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let error as any ExplainedError where !(error is SystemError) {
      guard let line else { throw error }
      throw DraftFault(line: line, error)
    }
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
