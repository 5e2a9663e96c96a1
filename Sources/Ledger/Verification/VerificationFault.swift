import CommandLineSupport
package import Signing

/// What verification finds wrong: the clean negative answer, with exit status 1.
package enum VerificationFault: ExplainedError, Equatable {
  /// An entry is not what it should be; entries count from 0.
  case entry(Int64, String)
  /// Behind the last line stand bytes that no interrupted append leaves.
  case strangeTail(line: Int64)
  /// The ledger has fewer entries than a checkpoint.
  case shorter(entries: Int64, checkpoint: Int64)
  /// The ledger's first entries are not those of a checkpoint.
  case rewritten(size: Int64, root: SHA256Hash, checkpoint: SHA256Hash)
  /// The checkpoint is of another ledger.
  case otherLedger(Origin, checkpoint: String)
  /// The index contradicts the ledger.
  case index(String)
  /// A signature or proof does not hold.
  case proof(String)

  package var description: String {
    switch self {
    case .entry(let index, let reason): "entry \(index) (line \(index + 1)): \(reason)"
    case .strangeTail(let line): "line \(line) has no end and is no part of an entry either"
    case .shorter(let entries, let checkpoint):
      "the ledger has \(entries) entries, fewer than the \(checkpoint) of the checkpoint"
    case .rewritten(let size, let root, let checkpoint):
      "the first \(size) entries are not those of the checkpoint: their root is \(root.base64), "
        + "not \(checkpoint.base64)"
    case .otherLedger(let origin, let checkpoint):
      "the checkpoint is of \(quoted(checkpoint)), not of \(quoted("\(origin)"))"
    case .index(let reason): "the index is wrong: \(reason)"
    case .proof(let reason): reason
    }
  }
}
