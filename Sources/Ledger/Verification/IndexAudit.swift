import Signing
import Trade

/// Holds an index against the ledger while that is verified: its tree, references and balances.
package final class IndexAudit {
  private let index: LedgerIndex
  /// A sum over all references that does not depend on their order.
  private var references: UInt64 = 0
  /// A sum over the roots of all complete blocks.
  private var blocks: UInt64 = 0
  private var balances: [IndexStretch.BalanceKey: Int64] = [:]
  private var root: SHA256Hash?

  /// Opens the index of a ledger and keeps it as it is until the audit is done; nil when there is
  /// none.
  ///
  /// - Throws: `VerificationFault.index` when it is damaged; `DatabaseError`.
  package init?(of ledger: LedgerFile) throws {
    do {
      index = try LedgerIndex(ledger.indexPath, writing: false)
      try index.beginReading()
      try index.refresh()
    } catch IndexFault.absent {
      return nil
    } catch let error as DatabaseError where error.needsWriter {
      return nil
    } catch let error as DatabaseError where error.isDamage {
      throw VerificationFault.index(error.description)
    } catch let error as IndexFault {
      throw VerificationFault.index(error.description)
    }
  }

  deinit { index.endReading() }

  /// The size at which the root is wanted.
  var sizes: Set<Int64> { index.coverage.count > 0 ? [index.coverage.count] : [] }

  func add(_ entry: ReadEntry, at place: Int64) {
    guard place < index.coverage.end else { return }
    var seen: [UInt64] = []
    for term in [entry.idTerm] + entry.terms where !seen.contains(term.high) {
      seen.append(term.high)
      references &+= Self.mixed(term.high, place)
    }
    var stretch = IndexStretch()
    if let event = entry.event { stretch.add(event) }
    for (key, amount) in stretch.balances { balances[key, default: 0] += amount }
  }

  func add(root: SHA256Hash, at size: Int64) {
    if size == index.coverage.count { self.root = root }
  }

  func add(block number: Int64, root: SHA256Hash) {
    if (number + 1) * Coverage.blockSize <= index.coverage.count {
      blocks &+= Self.mixed(Self.firstWord(of: root), number)
    }
  }

  private static func firstWord(of hash: SHA256Hash) -> UInt64 {
    hash.bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// SplitMix64's mixing of both.
  private static func mixed(_ term: UInt64, _ place: Int64) -> UInt64 {
    var value = term ^ (UInt64(bitPattern: place) &* 0x9E37_79B9_7F4A_7C15)
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }

  /// Compares when the whole ledger was seen.
  ///
  /// - Throws: `VerificationFault.index`.
  func finish() throws {
    guard index.coverage.count > 0 else { return }
    guard let root else {
      throw VerificationFault.index(
        "it knows \(index.coverage.count) entries, more than the ledger has")
    }
    do {
      guard try index.coverage.root == root else {
        throw VerificationFault.index("its tree of \(index.coverage.count) entries is another one")
      }
      var sum: UInt64 = 0
      try index.references { sum &+= Self.mixed($0, $1) }
      if sum != references { throw VerificationFault.index("its references are others") }
      sum = 0
      try index.blocks { sum &+= Self.mixed(Self.firstWord(of: $0.hash), $0.number) }
      if sum != blocks { throw VerificationFault.index("its blocks are others") }
      var left = balances.filter { $0.value != 0 }.reduce(into: [[String]: Int64]()) {
        $0[Self.path($1.key)] = $1.value
      }
      try index.balances { book, account, currency, amount in
        if amount == 0 { return }
        guard left.removeValue(forKey: [book, account, currency]) == amount else {
          throw VerificationFault.index("the balance of \(account) in the book \(book) is wrong")
        }
      }
      if let missing = left.keys.first {
        throw VerificationFault.index("the balance of \(missing[1]) is missing")
      }
    } catch let error as DatabaseError where error.isDamage {
      throw VerificationFault.index(error.description)
    } catch let error as IndexFault {
      throw VerificationFault.index(error.description)
    }
  }

  private static func path(_ key: IndexStretch.BalanceKey) -> [String] {
    [key.account.book.description, key.account.path.description, key.currency.code]
  }
}
