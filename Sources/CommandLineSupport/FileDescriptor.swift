import CSystemCalls
import Glibc

/// An open file, closed when the last reference goes away.
///
/// All calls repeat themselves after EINTR and after short transfers.
package final class FileDescriptor: Sendable {
  /// The number of the open file.
  package let number: CInt
  /// What messages call it: a path, `standard input` or `standard output`.
  package let name: String
  private let closesAtEnd: Bool

  /// Takes over an open descriptor.
  package init(_ number: CInt, name: String, closesAtEnd: Bool = true) {
    self.number = number
    self.name = name
    self.closesAtEnd = closesAtEnd
  }

  /// Opens a file for reading; `-` is standard input.
  ///
  /// - Throws: `SystemError` when it does not exist, is a folder or may not be read.
  package static func reading(_ path: String) throws -> FileDescriptor {
    if path == "-" { return FileDescriptor(0, name: "standard input", closesAtEnd: false) }
    let number = open(path, O_RDONLY | O_CLOEXEC)
    guard number >= 0 else { throw SystemError("cannot open", path) }
    let file = FileDescriptor(number, name: path)
    if try file.status().isFolder { throw SystemError("cannot read", path, code: EISDIR) }
    return file
  }

  /// Opens a file without a name in `TMPDIR` (else `/var/tmp`), for data that must be complete
  /// before it can be sent on.
  ///
  /// - Throws: `SystemError`.
  package static func unnamed() throws -> FileDescriptor {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/var/tmp"
    let number = cs_unnamed_file(folder)
    guard number >= 0 else { throw SystemError("cannot create a temporary file in", folder) }
    return FileDescriptor(number, name: "temporary file in \(folder)")
  }

  deinit {
    if closesAtEnd { close(number) }
  }

  /// Reads until the buffer is full or the file ends.
  ///
  /// - Returns: the number of bytes; fewer than the buffer holds only at the end.
  package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    var done = 0
    while done < buffer.count, let base = buffer.baseAddress {
      let count = Glibc.read(number, base + done, buffer.count - done)
      if count > 0 {
        done += count
      } else if count == 0 {
        break
      } else if errno == EAGAIN {
        // A parent has left the stream non-blocking: wait as a blocking read would.
        var wanted = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
        poll(&wanted, 1, -1)
      } else if errno != EINTR {
        throw SystemError("cannot read", name)
      }
    }
    return done
  }

  /// Reads at an offset counted from the start of the file until the buffer is full or the file
  /// ends; the position stays.
  ///
  /// - Returns: the number of bytes; fewer than the buffer holds only at the end.
  package func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws -> Int {
    var done = 0
    while done < buffer.count, let base = buffer.baseAddress {
      let count = pread(number, base + done, buffer.count - done, off_t(offset) + done)
      if count == 0 { break }
      if count > 0 {
        done += count
      } else if errno != EINTR {
        throw SystemError("cannot read", name)
      }
    }
    return done
  }

  /// Reads what is there, at least one byte unless the file has ended.
  ///
  /// - Parameter count: how many bytes at most.
  /// - Returns: the bytes.
  /// - Throws: `SystemError`.
  package func readAvailable(_ count: Int) throws -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while true {
        let got = Glibc.read(number, buffer.baseAddress, count)
        if got >= 0 { return filled = got }
        if errno == EAGAIN {
          var wanted = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
          poll(&wanted, 1, -1)
        } else if errno != EINTR {
          throw SystemError("cannot read", name)
        }
      }
    }
  }

  /// Writes all bytes at the current position.
  package func write(_ bytes: UnsafeRawBufferPointer) throws {
    try transfer(bytes) { base, count, _ in Glibc.write(number, base, count) }
  }

  /// Writes all bytes at an offset counted from the start of the file.
  package func write(_ bytes: UnsafeRawBufferPointer, at offset: Int64) throws {
    try transfer(bytes) { base, count, done in pwrite(number, base, count, off_t(offset) + done) }
  }

  private func transfer(
    _ bytes: UnsafeRawBufferPointer, _ step: (UnsafeRawPointer, Int, Int) -> Int
  ) throws {
    var done = 0
    while done < bytes.count, let base = bytes.baseAddress {
      let count = step(base + done, bytes.count - done, done)
      if count >= 0 {
        done += count
      } else if errno == EAGAIN {
        var wanted = pollfd(fd: number, events: Int16(POLLOUT), revents: 0)
        poll(&wanted, 1, -1)
      } else if errno != EINTR {
        throw SystemError("cannot write", name)
      }
    }
  }

  /// The position in the file, or nil when it is a pipe or a terminal.
  package var position: Int64? {
    let offset = lseek(number, 0, SEEK_CUR)
    return offset < 0 ? nil : Int64(offset)
  }

  /// Moves to an offset counted from the start of the file.
  package func seek(to offset: Int64) throws {
    if lseek(number, off_t(offset), SEEK_SET) < 0 { throw SystemError("cannot seek in", name) }
  }

  /// What the file system says about the file.
  package func status() throws -> FileStatus {
    var record = stat()
    if fstat(number, &record) != 0 { throw SystemError("cannot read", name) }
    return FileStatus(record)
  }

  /// Waits until the bytes are on the disk; what cannot be synchronised, such as a pipe, is left.
  package func synchronize() throws {
    while fsync(number) != 0 {
      if errno == EINVAL || errno == EROFS || errno == ENOTSUP { return }
      if errno != EINTR { throw SystemError("cannot write", name) }
    }
  }
}
