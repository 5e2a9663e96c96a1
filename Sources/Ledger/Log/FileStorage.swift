import CSystemCalls
import CommandLineSupport
import Glibc

/// A ledger in a file, with a lock file beside it: `NAME.lock` holds nothing and stays.
///
/// Writers lock both: the lock file is what they wait for, since it stays when the ledger is moved
/// away, and the ledger keeps them apart should somebody remove the lock file.
package final class FileStorage: LogStorage {
  package let name: String
  /// Where the bytes are: for a new ledger another file beside it until it is complete.
  private let path: String
  private let file: FileDescriptor
  private let lockPath: String
  private var lockFile: FileDescriptor?
  /// A write or sync has failed: what is on the disk is not known any more.
  private var hasFailed = false

  /// How a ledger is opened.
  package enum Use: Sendable {
    /// To read; neither lock nor permission to write is needed.
    case reading
    /// To read and append.
    case appending
    /// To make a new one, which must not exist.
    case creating
  }

  /// Opens the file.
  ///
  /// - Parameters:
  ///   - path: the ledger.
  ///   - use: what for.
  ///   - allowsNetwork: whether NFS, SMB and FUSE are accepted for writing.
  /// - Throws: `SystemError` or `StorageFault`.
  package init(_ path: String, _ use: Use, allowsNetwork: Bool = false) throws {
    name = path
    lockPath = path + ".lock"
    if use == .creating, access(path, F_OK) == 0 { throw StorageFault.exists(path) }
    let path = use == .creating ? "\(path).new-\(getpid())" : path
    self.path = path
    // What a process of this number has left; it may be another name of a ledger.
    if use == .creating { unlink(path) }
    let flags: CInt =
      switch use {
      case .reading: O_RDONLY
      case .appending: O_RDWR | O_APPEND
      case .creating: O_RDWR | O_APPEND | O_CREAT | O_EXCL
      }
    let number = open(path, flags | O_CLOEXEC | O_NONBLOCK, 0o666)
    if number < 0 {
      throw SystemError(use == .creating ? "cannot create ledger" : "cannot open ledger", name)
    }
    file = FileDescriptor(number, name: name)
    do {
      guard try file.status().isRegular else { throw StorageFault.notAFile(name) }
      if use != .reading {
        if !allowsNetwork, let kind = Self.networkKind(cs_file_system_type(number)) {
          throw StorageFault.networkFileSystem(name, kind: kind)
        }
      }
      if use == .appending {
        let lock = open(lockPath, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
        if lock < 0 { throw SystemError("cannot open", lockPath) }
        lockFile = FileDescriptor(lock, name: lockPath)
      }
    } catch {
      if use == .creating { unlink(path) }
      throw error
    }
  }

  /// The name of a file system on which locks or syncs cannot be relied on, by its magic number.
  package static func networkKind(_ type: Int) -> String? {
    switch type {
    case 0x6969: "NFS"
    case 0x517B, 0xFE53_4D42, 0xFF53_4D42: "SMB"
    case 0x6573_5546: "FUSE"
    case 0x0102_1997: "9P"
    case 0x00C3_6400: "Ceph"
    case 0x5346_414F: "AFS"
    default: nil
    }
  }

  package func lock(milliseconds: Int) throws {
    guard let lockFile else { throw SystemError("cannot lock", name, code: EBADF) }
    for locked in [lockFile, file] where cs_lock(locked.number, milliseconds) != 0 {
      let error = SystemError("cannot lock", locked.name)
      let holder = LockHolder.find(of: locked.number)
      unlock()
      guard error.code == EWOULDBLOCK else { throw error }
      throw StorageFault.locked(file: locked.name, holder: holder, milliseconds: milliseconds)
    }
    // While it was waited for, the ledger may have been moved away or removed.
    do {
      let found = FileStatus(path: name)?.identity
      if try found != file.status().identity { throw StorageFault.replaced(name) }
    } catch {
      unlock()
      throw error
    }
  }

  package func unlock() {
    flock(file.number, LOCK_UN)
    if let lockFile { flock(lockFile.number, LOCK_UN) }
  }

  package func size() throws -> Int64 { try file.status().size }

  package func read(
    at offset: Int64, into buffer: UnsafeMutableRawBufferPointer
  ) throws -> Int {
    var done = 0
    while done < buffer.count, let base = buffer.baseAddress {
      let count = pread(file.number, base + done, buffer.count - done, off_t(offset) + done)
      if count > 0 {
        done += count
      } else if count == 0 {
        break
      } else if errno != EINTR {
        throw SystemError("cannot read", name)
      }
    }
    return done
  }

  package func append(_ bytes: UnsafeRawBufferPointer) throws {
    try refuseAfterFailure()
    var count = -1
    repeat {
      count = write(file.number, bytes.baseAddress, bytes.count)
    } while count < 0 && errno == EINTR
    if count == bytes.count { return }
    let error = SystemError("cannot write", name)
    if count < 0 { throw error }
    throw StorageFault.shortWrite(name)
  }

  package func truncate(to size: Int64) throws {
    var result: CInt = -1
    repeat { result = ftruncate(file.number, off_t(size)) } while result != 0 && errno == EINTR
    if result != 0 {
      hasFailed = true
      throw SystemError("cannot cut", name)
    }
  }

  package func synchronize() throws {
    try refuseAfterFailure()
    // Not repeated on EINTR either: Linux promises no more than that a call that fails once may
    // have lost the pages for good.
    if fdatasync(file.number) == 0 { return }
    let error = SystemError("cannot synchronise", name)
    hasFailed = true
    // Forget what the cache says, so that the next reader sees the disk.
    posix_fadvise(file.number, 0, 0, POSIX_FADV_DONTNEED)
    throw error
  }

  private func refuseAfterFailure() throws {
    if hasFailed { throw SystemError("cannot write", name, code: EIO) }
  }

  /// Gives a new ledger its name, which it has only when it is complete.
  ///
  /// - Throws: `StorageFault.exists` when another process was faster, or `SystemError`.
  package func publish() throws {
    if link(path, name) != 0 {
      if errno == EEXIST { throw StorageFault.exists(name) }
      throw SystemError("cannot create ledger", name)
    }
    unlink(path)
    try synchronizeFolder(of: name)
  }

  /// Removes a new ledger that has no name yet.
  package func remove() { unlink(path) }
}
