import CSystemCalls
import CommandLineSupport
import Glibc
package import Ledger
package import Masters

/// The place of a title's master in a store, while nobody else may change it.
///
/// A new master is made beside the old one under the name `.NAME.new` and then takes its place in
/// one step, so that there is always a whole one. What a killed process has left is removed when the
/// place is taken next.
package final class MasterPlace {
  /// The title.
  package let content: Handle
  /// The folder of its master.
  package let path: String
  /// The folder in which a new master is made.
  package let newPath: String

  private let lock: StoreLock

  /// Takes the place, and makes the folders above it.
  ///
  /// - Throws: `StoreBusy` or `SystemError`.
  package init(_ content: Handle, in store: MasterStore) throws {
    self.content = content
    path = store.folder(of: content)
    try FlatFolder.make(store.path)
    try FlatFolder.make(store.folder)
    let name = MasterStore.name(content)
    newPath = store.folder + "/.\(name).new"
    lock = try StoreLock(store.folder + "/.\(name).lock")
    // Where two names cannot be exchanged, the old master has this one in between.
    let aside = newPath + ".old"
    if FileStatus(path: path) == nil, FileStatus(path: aside) != nil { rename(aside, path) }
    try FlatFolder.remove(aside)
    try FlatFolder.remove(newPath)
    // What OutputFolder calls a folder that it is filling.
    let unfinished = "..\(name).new."
    for entry in try FlatFolder.names(in: store.folder)
    where entry.hasPrefix(unfinished) && entry.utf8.count == unfinished.utf8.count + 6 {
      try FlatFolder.remove(store.folder + "/" + entry)
    }
  }

  /// Whether there is anything at the place.
  package var isTaken: Bool { FileStatus(path: path) != nil }

  /// The master that is there; nil when there is none or it cannot be opened.
  package var master: MasterFiles? { try? MasterFiles(path: path) }

  /// Puts the new master in its place; an old one is then at `newPath`.
  ///
  /// - Throws: `SystemError`.
  package func install() throws {
    let isReplaced = isTaken
    let result =
      isReplaced ? cs_exchange(newPath, path) : rename(newPath, path)
    if result != 0 { throw SystemError("cannot create", path) }
    try synchronizeFolder(of: path)
  }

  /// Removes what is at `newPath`.
  ///
  /// - Throws: `SystemError`.
  package func removeOther() throws { try FlatFolder.remove(newPath) }
}
