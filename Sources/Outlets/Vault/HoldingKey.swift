import CSodium
import CommandLineSupport
import Glibc
package import MarkKeys

/// The file with the key of a holding: 32 bytes, for its owner only.
///
/// With the key all that it has sealed is gone, wherever its blocks may still be.
package struct HoldingKey {
  package let path: String

  /// Writes a key into an empty file.
  ///
  /// - Throws: `SystemError`.
  static func write(_ key: Secret, to file: FileDescriptor) throws {
    try key.withBytes { try file.write($0) }
  }

  /// Reads the key.
  ///
  /// - Returns: the key; nil when it is erased.
  /// - Throws: `SystemError`.
  package func read() throws -> Secret? {
    let number = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    if number < 0 {
      if errno == ENOENT { return nil }
      throw SystemError("cannot open the key", path)
    }
    let file = FileDescriptor(number, name: path)
    var bytes = [UInt8](repeating: 0, count: Secret.byteCount)
    defer { sodium_memzero(&bytes, bytes.count) }
    let count = try bytes.withUnsafeMutableBytes { try file.read(into: $0) }
    guard count == bytes.count, bytes.contains(where: { $0 != 0 }) else { return nil }
    return Secret(bytes)
  }

  /// Overwrites the key where it lies, waits until that is on the disk, and removes the file; one
  /// that is not there is erased already.
  ///
  /// - Throws: `SystemError`.
  func erase() throws {
    let number = open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW)
    if number < 0 {
      if errno == ENOENT { return }
      throw SystemError("cannot erase the key", path)
    }
    let file = FileDescriptor(number, name: path)
    let zeros = [UInt8](repeating: 0, count: Secret.byteCount)
    try zeros.withUnsafeBytes { try file.write($0, at: 0) }
    try file.synchronize()
    if unlink(path) != 0, errno != ENOENT { throw SystemError("cannot remove the key", path) }
    try synchronizeFolder(of: path)
  }
}
