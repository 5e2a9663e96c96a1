import CommandLineSupport
import Distribution
import Glibc
package import Ledger

/// What processes that were killed have left beside the holdings, all with a dot in front:
/// `.NAME.XXXXXX` and `.NAME.erased` are folders, `.NAME.lock` is a lock.
extension OutletStore {
  /// The part in the middle of such a name, nil for other names.
  private static func holding(_ name: String) -> (name: String, isLock: Bool)? {
    guard name.hasPrefix("."), let point = name.lastIndex(of: "."), point != name.startIndex else {
      return nil
    }
    let end = name[name.index(after: point)...]
    let middle = String(name[..<point].dropFirst())
    if end == "lock" { return (middle, true) }
    return end == "erased" || end.utf8.count == 6 ? (middle, false) : nil
  }

  /// Removes the folders that were begun for an order, whose lock the caller has.
  ///
  /// - Parameter order: which one.
  /// - Throws: `SystemError`.
  package func removeLeavings(of order: Handle) throws {
    try removeLeavings(named: Self.name(order))
  }

  /// Erases and removes what is at the place of an order, whatever it is; the caller has its lock.
  ///
  /// - Throws: `SystemError`.
  func discard(_ order: Handle) throws {
    let path = folder(of: order)
    let aside = Self.erasedPath(of: path)
    if rename(path, aside) != 0 { throw SystemError("cannot remove", path) }
    try remove(aside.split(separator: "/").last.map(String.init) ?? "")
  }

  private func removeLeavings(named name: String) throws {
    for entry in try FlatFolder.names(in: folder) {
      guard let found = Self.holding(entry), found.name == name, !found.isLock else { continue }
      try remove(entry)
    }
  }

  private func remove(_ entry: String) throws {
    let path = folder + "/" + entry
    try HoldingKey(path: path + "/" + Holding.keyName).erase()
    try FlatFolder.remove(path)
  }

  /// Removes what killed processes have left of holdings that are not there, and locks that nobody
  /// has; what is in use is left.
  ///
  /// - Throws: `SystemError`.
  package func removeLeavings() throws {
    guard FileStatus(path: folder) != nil else { return }
    let names = Set(try FlatFolder.names(in: folder).compactMap { Self.holding($0)?.name })
    for name in names.sorted() {
      let lock: StoreLock
      do { lock = try StoreLock(folder + "/.\(name).lock", seconds: 0) } catch is StoreBusy {
        continue
      }
      try removeLeavings(named: name)
      lock.remove()
    }
    try synchronizeFolder(of: folder + "/.")
  }
}
