import CommandLineSupport

/// Why an index cannot be used, or what it shows to be wrong with the ledger.
package enum IndexFault: ExplainedError, Equatable {
  /// No index of this format is there.
  case absent
  /// The index contradicts itself.
  case damaged
  /// The index knows more entries than the ledger has.
  case ledgerIsShorter(ledger: String, index: String, entries: Int64)
  /// The last entry the index covers is another one in the ledger.
  case ledgerDiffers(ledger: String, index: String, entry: Int64)

  package var description: String {
    switch self {
    case .absent: "there is no index"
    case .damaged: "the index is damaged"
    case .ledgerIsShorter(let ledger, _, let entries):
      "\(quoted(ledger)) has lost entries: its index knows \(entries)"
    case .ledgerDiffers(let ledger, _, let entry):
      "\(quoted(ledger)) was changed: entry \(entry) is not the one its index knows"
    }
  }

  package var hint: String? {
    switch self {
    case .absent, .damaged: nil
    case .ledgerIsShorter(_, let index, _), .ledgerDiffers(_, let index, _):
      "find out why; where the ledger was replaced on purpose, remove \(quoted(index))"
    }
  }
}
