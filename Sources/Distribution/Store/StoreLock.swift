import CSystemCalls
import CommandLineSupport
import Glibc

/// Keeps everybody else from changing the master of a title, or what a home server holds of an order,
/// while this object lives.
package final class StoreLock: Sendable {
  private let path: String
  private let file: FileDescriptor

  /// Waits until nobody else holds it, at most a number of seconds.
  ///
  /// - Parameters:
  ///   - path: the lock's file, which is made where it is missing.
  ///   - seconds: how long to wait; 0 is not at all.
  /// - Throws: `StoreBusy` or `SystemError`.
  package init(_ path: String, seconds: Int = 600) throws {
    self.path = path
    while true {
      let number = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
      if number < 0 { throw SystemError("cannot create", path) }
      let file = FileDescriptor(number, name: path)
      guard cs_lock(number, seconds * 1000) == 0 else {
        if errno == EWOULDBLOCK { throw StoreBusy(path: path) }
        throw SystemError("cannot lock", path)
      }
      // Whoever had it may have removed its file.
      guard try file.status().identity == FileStatus(path: path)?.identity else { continue }
      self.file = file
      return
    }
  }

  /// Removes the lock's file; others that wait for it make a new one.
  package func remove() { unlink(path) }
}

/// Another process holds the lock of a title.
package struct StoreBusy: ExplainedError, Equatable {
  let path: String

  package var description: String { "another process has been using \(quoted(path)) for long" }
  package var hint: String? { "wait until it has finished; fuser shows who it is" }
}
