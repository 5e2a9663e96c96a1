import CommandLineSupport

/// Why a ledger's file cannot be used.
package enum StorageFault: ExplainedError, Equatable {
  /// Another process holds the lock; its number and name, where known.
  case locked(file: String, holder: String?, milliseconds: Int)
  case networkFileSystem(String, kind: String)
  case notAFile(String)
  case exists(String)
  case shortWrite(String)
  /// The name belongs to another file now, or to none.
  case replaced(String)

  package var description: String {
    switch self {
    case .locked(let file, let holder, let milliseconds):
      "cannot lock \(quoted(file)) within \(seconds(milliseconds)) s: it is held by "
        + (holder ?? "another process")
    case .networkFileSystem(let file, let kind):
      "\(quoted(file)) is on a \(kind) file system, where locks and syncs promise nothing"
    case .notAFile(let file): "the ledger \(quoted(file)) is not a file"
    case .exists(let file): "\(quoted(file)) exists, and ledgers are never overwritten"
    case .shortWrite(let file): "cannot write \(quoted(file)): only a part was written"
    case .replaced(let file):
      "\(quoted(file)) was moved, removed or replaced while it was open"
    }
  }

  package var hint: String? {
    switch self {
    case .locked: "wait for it, or give it more time with --lock-timeout"
    case .networkFileSystem:
      "keep the ledger on a local disk, or insist with --allow-network-fs"
    case .notAFile, .exists, .replaced: nil
    case .shortWrite: "free some space on the disk"
    }
  }

  private func seconds(_ milliseconds: Int) -> String {
    decimal(Double(milliseconds) / 1000, digits: milliseconds % 1000 == 0 ? 0 : 3) ?? ""
  }
}
