import CommandLineSupport
import Distribution
import Glibc
import Ledger

extension Holding {
  /// Erases the key, then the copies; what was erased before is passed over.
  ///
  /// The manifest and the ending stay, for the entries that are still to be written.
  ///
  /// - Throws: `SystemError`.
  package func erase() throws {
    try key.erase()
    for number in items.indices {
      let path = path + "/" + Self.sealedName(number)
      if unlink(path) != 0, errno != ENOENT { throw SystemError("cannot remove", path) }
    }
    try synchronizeFolder(of: path + "/.")
  }

  /// Removes what is left of it, after the ledger has its end: it is gone in one step.
  ///
  /// - Throws: `SystemError`.
  package func remove() throws {
    let aside = OutletStore.erasedPath(of: path)
    if rename(path, aside) != 0 {
      if errno == ENOENT { return }
      throw SystemError("cannot remove", path)
    }
    try FlatFolder.remove(aside)
    try synchronizeFolder(of: path)
  }
}

extension OutletStore {
  /// What a holding that is over is called while its last files go.
  static func erasedPath(of path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? ""
    return CommandLineSupport.folder(of: path) + "/.\(name).erased"
  }
}
