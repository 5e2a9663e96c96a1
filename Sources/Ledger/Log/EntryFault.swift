import CommandLineSupport
package import Trade

/// Why a line is no entry of this ledger at its place.
package enum EntryFault: ExplainedError, Equatable {
  case tooLong(Int)
  case unknownKind(String)
  case noSignature
  case wrongIndex(Int64, expected: Int64)
  case notOpened
  case openedTwice
  case signature(PartyName)
  case unknownAuthor(String)
  case noKey(PartyName)
  case revoked(PartyName)
  case role(PartyName, PartyKind, EventKind)
  case repeatedID(String)

  package var description: String {
    switch self {
    case .tooLong(let count):
      "the line has \(count) bytes, more than \(EntryReader.longestLine)"
    case .unknownKind(let kind): "the kind \(quoted(kind)) is not known"
    case .noSignature: "the signature is not 64 bytes in base64"
    case .wrongIndex(let index, let expected): "the index is \(index) instead of \(expected)"
    case .notOpened: "the first entry does not open a ledger"
    case .openedTwice: "the ledger is opened a second time"
    case .signature(let author):
      "the signature is not that of \(quoted("\(author)")) over these bytes"
    case .unknownAuthor(let author): "the author \(quoted(author)) is not enrolled"
    case .noKey(let author): "the author \(quoted("\(author)")) is enrolled without a key"
    case .revoked(let author): "the key of \(quoted("\(author)")) is revoked"
    case .role(let author, let role, let kind):
      "\(quoted("\(author)")) is \(role.withArticle) and may not write entries of kind "
        + quoted(kind.rawValue)
    case .repeatedID(let id): "the identifier \(quoted(id)) was used before"
    }
  }
}
