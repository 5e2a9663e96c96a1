package import Signing
package import Trade

/// What stands around the body of an entry.
///
/// A line is canonical JSON with the members author, body, id, index, kind, sig and time.
package struct EntryHead {
  /// The number of the entry, from 0.
  package let index: Int64
  /// When it was written, by the clock of its writer.
  package let time: UTCTime
  package let kind: EventKind
  package let author: CanonicalNode
  package let id: CanonicalNode
  package let body: CanonicalNode
  package let signature: Signature
  /// The bytes `"sig":"...",` of the line, which the signature does not cover.
  let signatureMember: Range<Int>

  /// The author's name.
  package var authorName: PartyName {
    get throws { try PartyName(author.string ?? "") }
  }

  /// The term of the entry's identifier.
  var idTerm: Term { Term(.id, id.bytes) }

  /// Reads what happened.
  ///
  /// - Throws: `FieldFault`.
  package func event() throws -> Event { try Event(kind, body) }
}

/// Reads lines of a ledger, one after the other, with little allocation.
package final class EntryReader {
  /// The most bytes of a line without its end.
  package static let longestLine = 65_535

  private let text = CanonicalText()

  package init() {}

  /// Splits a line, given without its end.
  ///
  /// - Returns: the head, valid until the next line is read and while the bytes stay in place.
  /// - Throws: `CanonicalFault`, `FieldFault` or `EntryFault`.
  package func read(_ line: UnsafeRawBufferPointer) throws -> EntryHead {
    if line.count > Self.longestLine { throw EntryFault.tooLong(line.count) }
    var fields = try FieldReader(text.read(line), called: "entry")
    let author = try fields.required("author")
    let body = try fields.required("body")
    let id = try fields.required("id")
    let index = try fields.integer("index")
    let kind = try fields.required("kind")
    let signature = try fields.required("sig")
    let time = try fields.required("time")
    try fields.finish()
    guard author.isText, id.isText, kind.isText, signature.isText, time.isText else {
      throw FieldFault.notOfType("one of author, id, kind, sig and time", "a text")
    }
    guard body.isObject else { throw FieldFault.notOfType("body", "an object") }
    guard let kindWord = kind.string, let knownKind = EventKind(rawValue: kindWord) else {
      throw EntryFault.unknownKind(kind.string ?? "")
    }
    guard let signatureBytes = Signature(base64: signature.bytes) else {
      throw EntryFault.noSignature
    }
    guard let timeText = time.string, let seconds = try? UTCTime(timeText) else {
      throw FieldFault.bad("time", "it is not like 2026-11-24T13:00:00Z")
    }
    let start = signature.offset - #""sig":""#.utf8.count
    return EntryHead(
      index: index, time: seconds, kind: knownKind, author: author, id: id, body: body,
      signature: signatureBytes,
      signatureMember: start..<signature.offset + signature.bytes.count + 2)
  }
}

/// The bytes an author signs: a heading, the ledger's name, and the line without its signature.
package struct SignedBytes {
  private var buffer: [UInt8]
  private let headingCount: Int

  /// - Parameter origin: the name of the ledger.
  package init(origin: Origin) {
    buffer = Self.heading(origin)
    headingCount = buffer.count
  }

  /// What stands before the bytes of the line.
  static func heading(_ origin: Origin) -> [UInt8] {
    Array("sukashi-ledger-entry 1\n\(origin)\n".utf8)
  }

  /// Lends the bytes that the signature of a line covers.
  package mutating func of<Result>(
    _ line: UnsafeRawBufferPointer, without member: Range<Int>,
    _ body: (UnsafeRawBufferPointer) -> Result
  ) -> Result {
    buffer.removeSubrange(headingCount...)
    buffer.append(contentsOf: line[..<member.lowerBound])
    buffer.append(contentsOf: line[member.upperBound...])
    return buffer.withUnsafeBytes { body($0) }
  }
}

/// Writes lines of a ledger.
struct EntryWriter {
  private let heading: [UInt8]
  private let front: [UInt8]
  private let back: [UInt8]
  private let key: SigningKey

  /// Entries of one author and one time.
  init(origin: Origin, author: PartyName, time: UTCTime, key: SigningKey) {
    heading = SignedBytes.heading(origin)
    front = Array(#"{"author":"\#(author)","body":"#.utf8)
    back = Array(#""time":"\#(time)"}"#.utf8)
    self.key = key
  }

  /// A signed line without its end.
  ///
  /// - Throws: `EntryFault.tooLong`.
  func line(body: [UInt8], id: Handle, index: Int64, kind: EventKind) throws -> [UInt8] {
    var line: [UInt8] = []
    line.reserveCapacity(heading.count + body.count + 512)
    line += heading
    line += front
    line += body
    line += #","id":""#.utf8
    line += id.description.utf8
    line += #"","index":"#.utf8
    line += String(index).utf8
    line += #","kind":""#.utf8
    line += kind.rawValue.utf8
    line += #"","#.utf8
    let end = line.count
    line += back
    let signature = line.withUnsafeBytes { key.signature(of: $0) }
    line.removeSubrange(end...)
    line.removeSubrange(..<heading.count)
    line += #""sig":""#.utf8
    line += signature.base64.utf8
    line += #"","#.utf8
    line += back
    if line.count > EntryReader.longestLine { throw EntryFault.tooLong(line.count) }
    return line
  }
}
