import CSystemCalls
import Glibc

extension OutputFile {
  /// Waits until everything that was written to standard output is where it should be: on the disk,
  /// or taken out of the pipe by its reader.
  ///
  /// The last bytes that fit into a pipe can be written and never read. Of other streams, such as
  /// sockets, no more is known than that they took the bytes.
  ///
  /// - Throws: `SystemError`, with `EPIPE` when the reader has gone before it had everything.
  package func waitForReader() throws {
    guard path == nil else { return }
    let file = FileDescriptor(1, name: name, closesAtEnd: false)
    try file.synchronize()
    while case let count = cs_pipe_unread(1), count > 0 {
      var wanted = pollfd(fd: 1, events: 0, revents: 0)
      // Nothing tells when a pipe is empty: only that its reader has gone.
      if poll(&wanted, 1, 2) > 0, wanted.revents & Int16(POLLERR) != 0, cs_pipe_unread(1) > 0 {
        throw SystemError("cannot write", name, code: EPIPE)
      }
    }
  }
}
