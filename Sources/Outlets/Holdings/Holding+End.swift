import CommandLineSupport
import Glibc
package import Ledger

extension Holding {
  /// The bytes that are kept for an ending, so that no full disk keeps a holding from it.
  static let reserve = [UInt8](repeating: UInt8(ascii: " "), count: 4096)

  /// Puts on the disk how it is about to end, where space was kept for that.
  ///
  /// - Parameter ending: at most 4 KiB.
  /// - Throws: `SystemError`.
  package func prepareEnd(_ ending: CanonicalValue) throws {
    let next = path + "/" + Self.nextEndingName
    let number = Glibc.open(next, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard number >= 0 else { throw SystemError("cannot write", next) }
    let file = FileDescriptor(number, name: next)
    let bytes = ending.bytes + [UInt8(ascii: "\n")]
    try bytes.withUnsafeBytes { try file.write($0, at: 0) }
    if ftruncate(number, off_t(bytes.count)) != 0 { throw SystemError("cannot write", next) }
    try file.synchronize()
    try synchronizeFolder(of: next)
  }

  /// Ends it as was prepared, in one step: from now on nobody opens or views it.
  ///
  /// - Throws: `SystemError`.
  package func commitEnd() throws {
    let ending = path + "/" + Self.endingName
    if rename(path + "/" + Self.nextEndingName, ending) != 0 {
      throw SystemError("cannot create", ending)
    }
    try synchronizeFolder(of: ending)
  }
}
