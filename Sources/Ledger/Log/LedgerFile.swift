import CommandLineSupport
import Signing
import Trade
import TransparencyLog

/// A ledger in a file: how it is opened and made.
package struct LedgerFile: Sendable {
  /// The ledger; its lock and index have the same name with `.lock` and `.index` behind it.
  package let path: String
  /// Whether a network file system is accepted for writing.
  package let allowsNetwork: Bool

  package init(_ path: String, allowsNetwork: Bool = false) {
    self.path = path
    self.allowsNetwork = allowsNetwork
  }

  /// The index of the ledger.
  package var indexPath: String { path + ".index" }

  /// Opens it to append.
  ///
  /// - Throws: `SystemError`, `StorageFault`, `LedgerFault` or `IndexFault`.
  package func appending() throws -> LedgerLog {
    try LedgerLog(
      FileStorage(path, .appending, allowsNetwork: allowsNetwork), indexPath: indexPath,
      writesIndex: true)
  }

  /// Opens it to look entries up; neither lock nor permission to write is needed.
  ///
  /// Who may write leaves an index for the next where a long ledger has none.
  ///
  /// - Throws: as `appending()`.
  package func reading() throws -> LedgerLog {
    let storage = try FileStorage(path, .reading)
    let covered = (try? LedgerIndex(indexPath, writing: false))?.coverage.end ?? 0
    if try storage.size() - covered > LedgerLog.largeLag { _ = try? appending() }
    return try LedgerLog(storage, indexPath: indexPath, writesIndex: false)
  }

  /// Opens it to read it from one end to the other.
  ///
  /// - Throws: `SystemError` or `StorageFault`.
  package func scanning() throws -> EntryScan { EntryScan(try FileStorage(path, .reading)) }

  /// Makes a new ledger with its first entry.
  ///
  /// - Parameters:
  ///   - origin: the name of the ledger.
  ///   - author: the content server that answers for it.
  ///   - id: the identifier of the first entry.
  /// - Returns: the receipt of the first entry.
  /// - Throws: `StorageFault.exists`; nothing is left behind then or after another failure.
  package func create(origin: Origin, author: Author, id: Handle) throws -> Receipt {
    let storage = try FileStorage(path, .creating, allowsNetwork: allowsNetwork)
    do {
      let time = author.clock()
      let opened = Opened(origin: origin, party: author.name, key: author.key.publicKey)
      let line = try EntryWriter(
        origin: origin, author: author.name, time: time, key: author.key
      ).line(body: opened.canonical.bytes, id: id, index: 0, kind: .opened)
      try (line + [UInt8(ascii: "\n")]).withUnsafeBytes { try storage.append($0) }
      try storage.synchronize()
      try storage.publish()
      return Receipt(
        id: id, index: 0, time: time, leaf: line.withUnsafeBytes { MerkleTree.leafHash($0) },
        isReplay: false)
    } catch {
      storage.remove()
      throw error
    }
  }
}
