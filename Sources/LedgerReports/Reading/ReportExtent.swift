import CommandLineSupport
import Ledger
import Signing
package import TransparencyLog

/// How many entries of the ledger a report is computed from.
package enum ReportExtent: Sendable {
  /// All complete lines.
  case all
  /// The first so many, at least one.
  case size(Int64)
  /// As many as a checkpoint covers, which must be those it was made for.
  case checkpoint(Checkpoint, file: String)

  /// Takes a number of entries or the path of a checkpoint.
  ///
  /// - Throws: `SystemError`, `SignedNoteError` or `CheckpointError` as `UnreadableCheckpoint`, or
  ///   `ReportFault.noEntries`.
  package init(_ text: String) throws {
    if !text.isEmpty, text.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) {
      guard let size = Int64(text), size > 0, size < 1 << 53 else {
        throw ReportFault.noEntries(text)
      }
      self = .size(size)
      return
    }
    let source = try FileDescriptor.reading(text)
    var bytes: [UInt8] = []
    while bytes.count < 1 << 20 {
      let more = try source.readAvailable(1 << 16)
      if more.isEmpty { break }
      bytes += more
    }
    do {
      self = .checkpoint(try SignedCheckpoint(parsing: bytes).checkpoint, file: text)
    } catch let error as any ExplainedError {
      throw UnreadableCheckpoint(file: text, reason: error.description)
    }
  }

  /// The number of entries to stop before.
  var limit: Int64 {
    switch self {
    case .all: .max
    case .size(let size): size
    case .checkpoint(let checkpoint, _): Int64(checkpoint.size)
    }
  }

  /// Makes sure that the ledger has the name that was asked for.
  ///
  /// - Throws: `CheckpointContradiction`.
  func check(_ origin: Origin, ledger: String) throws {
    guard case .checkpoint(let checkpoint, let file) = self,
      checkpoint.origin != origin.description
    else { return }
    throw CheckpointContradiction(
      ledger: ledger, checkpoint: file,
      reason: "its name is '\(origin)' instead of '\(checkpoint.origin)'")
  }

  /// Makes sure that the tree is the one that was asked for.
  ///
  /// - Throws: `ReportFault.tooFewEntries` or `CheckpointContradiction`.
  func check(_ head: TreeHead, ledger: String) throws {
    switch self {
    case .all: return
    case .size(let size):
      if head.size < size { throw ReportFault.tooFewEntries(ledger, head.size, size) }
    case .checkpoint(let checkpoint, let file):
      if head == checkpoint.head { return }
      throw CheckpointContradiction(
        ledger: ledger, checkpoint: file,
        reason: head.size < checkpoint.size
          ? "it has \(head.size) entries instead of \(checkpoint.size)"
          : "the root of its first \(head.size) entries is \(head.root.base64) "
            + "instead of \(checkpoint.root.base64)")
    }
  }
}

/// A file that should be a checkpoint is none.
package struct UnreadableCheckpoint: ExplainedError, Equatable {
  let file: String
  let reason: String

  package var description: String { "\(quoted(file)): \(reason)" }
  package var hint: String? { "--as-of takes a checkpoint file or a number of entries" }
}

/// The ledger is not the one a checkpoint was made for: a clean negative answer, not a failure.
package struct CheckpointContradiction: ExplainedError, Equatable {
  let ledger: String
  let checkpoint: String
  let reason: String

  package var description: String {
    "\(quoted(ledger)) contradicts the checkpoint \(quoted(checkpoint)): \(reason)"
  }
}

/// Why a report cannot be made.
package enum ReportFault: ExplainedError, Equatable {
  case noEntries(String)
  case tooFewEntries(String, Int, Int64)
  case unknownParty(String)
  case otherKind(String, String)
  case noBook(String)
  case unknownBill(String, String)

  package var description: String {
    switch self {
    case .noEntries(let text): "\(quoted(text)) is not a number of entries from 1"
    case .tooFewEntries(let ledger, let count, let asked):
      "\(quoted(ledger)) has \(count) entries, not \(asked)"
    case .unknownParty(let name): "the party \(quoted(name)) is not enrolled"
    case .otherKind(let text, let party): "\(quoted(text)) is enrolled as \(quoted(party))"
    case .noBook(let party): "\(quoted(party)) keeps no book"
    case .unknownBill(let bill, let party): "\(quoted(party)) has no bill \(quoted(bill))"
    }
  }

  package var hint: String? {
    switch self {
    case .noBook: "see what a user owes with ledger-report statement"
    default: nil
    }
  }
}
