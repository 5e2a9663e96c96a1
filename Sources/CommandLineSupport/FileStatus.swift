package import Glibc

/// What the file system says about a file: kind, identity, size, permissions.
package struct FileStatus: Sendable {
  private let mode: mode_t
  /// Device and inode: equal for two names of the same file.
  package let identity: Identity
  /// The size in bytes; meaningful for regular files.
  package let size: Int64

  /// The same for all names of one file.
  package struct Identity: Hashable, Sendable {
    let device: UInt64
    let inode: UInt64
  }

  package init(_ record: stat) {
    mode = record.st_mode
    identity = Identity(device: UInt64(record.st_dev), inode: UInt64(record.st_ino))
    size = Int64(record.st_size)
  }

  /// The status of a path with symbolic links followed, or nil when it cannot be had.
  package init?(path: String) {
    var record = stat()
    guard stat(path, &record) == 0 else { return nil }
    self.init(record)
  }

  /// Whether it is an ordinary file.
  package var isRegular: Bool { mode & S_IFMT == S_IFREG }
  /// Whether it is a pipe with or without a name.
  package var isFIFO: Bool { mode & S_IFMT == S_IFIFO }
  /// Whether it is a folder.
  package var isFolder: Bool { mode & S_IFMT == S_IFDIR }
  /// The permission bits, as in chmod(2).
  package var permissions: mode_t { mode & 0o777 }
  /// Whether the group or others have any right to read it.
  package var isReadableByOthers: Bool { mode & 0o044 != 0 }
}
