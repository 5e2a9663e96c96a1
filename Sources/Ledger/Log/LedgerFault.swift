import CommandLineSupport

/// Why a ledger cannot be read or appended to.
package enum LedgerFault: ExplainedError, Equatable {
  case empty(String)
  case notALedger(String)
  /// The file became shorter while it was open.
  case shrunk(String, Int64)
  /// An entry, counted from 0, is not what it should be.
  case badEntry(String, Int64, String)
  /// Behind the last line stand bytes that no interrupted append leaves.
  case strangeTail(String, Int64)
  /// The identifier belongs to another entry.
  case conflict(id: String, entry: Int64, author: String)
  /// Whether the entries are kept is not known.
  case unknown(String)
  case wrongKey(String)

  package var description: String {
    switch self {
    case .empty(let file): "the ledger \(quoted(file)) is empty"
    case .notALedger(let file): "\(quoted(file)) is not a ledger"
    case .shrunk(let file, let count):
      "\(quoted(file)) became shorter than its first \(count) entries"
    case .badEntry(let file, let entry, let reason):
      "\(quoted(file)): entry \(entry) (line \(entry + 1)): \(reason)"
    case .strangeTail(let file, let line):
      "\(quoted(file)): line \(line) has no end and is no part of an entry either"
    case .conflict(let id, let entry, let author):
      "the identifier \(quoted(id)) belongs to entry \(entry) of \(quoted(author)), "
        + "which says something else"
    case .unknown(let reason): "\(reason); whether the entries are kept is not known"
    case .wrongKey(let author): "the signing key is not the one \(quoted(author)) is enrolled with"
    }
  }

  package var hint: String? {
    switch self {
    case .empty, .notALedger: "ledger-enroll --open makes a ledger"
    case .badEntry, .strangeTail: "nothing is appended to a damaged ledger; see ledger-verify"
    case .unknown: "give the same command again: what is kept is not written twice"
    case .shrunk, .conflict: nil
    case .wrongKey: "name the party with --as and its key with --signing-key"
    }
  }
}
