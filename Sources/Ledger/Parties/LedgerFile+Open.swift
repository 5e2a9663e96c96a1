import Signing
import Trade

extension LedgerFile {
  /// Makes a new ledger, unless the same party has made it before.
  ///
  /// - Parameters:
  ///   - origin: the name of the ledger.
  ///   - author: the content server that answers for it.
  /// - Returns: whether it is new.
  /// - Throws: `EnrolmentFault.openedOtherwise` for a ledger of another name, party or key;
  ///   otherwise as `create` and `reading`.
  package func open(origin: Origin, author: Author) throws -> Bool {
    do {
      _ = try create(origin: origin, author: author, id: Handle("enroll:\(author.name)"))
      return true
    } catch StorageFault.exists {
      let first = try reading().withLine(at: 0) { line in
        try EntryReader().read(line).event().body as? Opened
      }
      let wanted = Opened(origin: origin, party: author.name, key: author.key.publicKey)
      if let first, first != wanted {
        throw EnrolmentFault.openedOtherwise(path, first.origin, first.party)
      }
      return false
    }
  }
}
