import CSystem
import CommandLineSupport
import Glibc

/// Keeps everybody else from changing the master of a title while this object lives.
final class StoreLock {
  private let file: FileDescriptor

  /// Waits until nobody else holds it, at most a number of seconds.
  ///
  /// - Throws: `StoreBusy` or `SystemError`.
  init(_ path: String, seconds: Int = 600) throws {
    let number = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    if number < 0 { throw SystemError("cannot create", path) }
    file = FileDescriptor(number, name: path)
    if cs_lock(number, seconds * 1000) == 0 { return }
    if errno == EWOULDBLOCK { throw StoreBusy(path: path) }
    throw SystemError("cannot lock", path)
  }
}

/// Another process holds the lock of a title.
package struct StoreBusy: ExplainedError, Equatable {
  let path: String

  package var description: String { "another process has been using \(quoted(path)) for long" }
  package var hint: String? { "wait until it has finished; fuser shows who it is" }
}
