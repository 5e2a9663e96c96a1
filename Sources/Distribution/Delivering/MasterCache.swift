import CommandLineSupport
import Glibc
import Ledger
import Masters
import Signing
import Trade

/// The masters of a delivery server: what is missing is fetched, and what was used least lately is
/// given up for it.
package final class MasterCache {
  package let store: MasterStore
  /// The command that prints a master as tar, with `{content}` in it.
  private let command: String?
  /// How many bytes all masters may have; nil for no limit.
  private let byteLimit: Int64?
  private var held: [Handle: HeldMaster] = [:]

  package init(_ store: MasterStore, fetchingWith command: String?, byteLimit: Int64? = nil) {
    self.store = store
    self.command = command
    self.byteLimit = byteLimit
  }

  /// The master that an order names.
  ///
  /// - Throws: `DeliveryFault`, `MasterError`, `TarFault` or `SystemError`.
  func master(_ item: Order.Item, _ server: DeliveryServer) throws -> HeldMaster {
    if let held = held[item.content], held.files.identity == item.master { return held }
    if held.count >= 8 { held.removeAll() }
    let master = try open(item) ?? fetch(item, server)
    held[item.content] = master
    return master
  }

  private func open(_ item: Order.Item) throws -> HeldMaster? {
    let path = store.folder(of: item.content)
    guard FileStatus(path: path)?.isFolder == true else {
      if command == nil { throw DeliveryFault.noMaster(item.content) }
      return nil
    }
    let master = try HeldMaster(path)
    if master.files.identity == item.master { return master }
    if command == nil { throw DeliveryFault.otherMaster(item.content, path) }
    return nil
  }

  private func fetch(_ item: Order.Item, _ server: DeliveryServer) throws -> HeldMaster {
    guard let command else { throw DeliveryFault.noMaster(item.content) }
    let path = store.folder(of: item.content)
    try FlatFolder.make(store.folder)
    let lock = try lock()
    defer { withExtendedLifetime(lock) {} }
    // Another process may have fetched it meanwhile.
    if let master = try open(item) { return master }
    for name in unfinished() { try? FlatFolder.remove(store.folder + "/" + name) }
    let new = store.folder + "/.new." + MasterStore.name(item.content)
    try MasterFetch(item, command: command).run(to: new)
    do { try MasterFiles(path: new).verify() } catch {
      try? FlatFolder.remove(new)
      throw error
    }
    try FlatFolder.remove(path)
    guard rename(new, path) == 0 else { throw SystemError("cannot create", path) }
    try synchronizeFolder(of: path)
    let master = try HeldMaster(path)
    try server.append([
      Draft(
        id: DeliveryIdentifiers.joined(
          ["\(server.author.name)", "\(item.content)", Self.moment(server), "placed"]),
        Placed(content: item.content, deliveryServer: server.author.name, master: item.master))
    ])
    try shrink(server, keeping: item.content)
    return master
  }

  private func lock() throws -> FileDescriptor {
    let path = store.path + "/masters.lock"
    let number = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard number >= 0 else { throw SystemError("cannot open", path) }
    let file = FileDescriptor(number, name: path)
    while flock(number, LOCK_EX) != 0 {
      guard errno == EINTR else { throw SystemError("cannot lock", path) }
    }
    return file
  }

  /// Gives masters up until all fit, least recently used first; none that is in use.
  private func shrink(_ server: DeliveryServer, keeping content: Handle) throws {
    guard let byteLimit else { return }
    var masters = try names().compactMap {
      (name: String) throws -> (content: Handle, used: Int, size: Int64)? in
      guard let content = MasterStore.content(name) else { return nil }
      var record = stat()
      let path = store.folder + "/" + name
      guard stat(path, &record) == 0 else { return nil }
      let size = try FlatFolder.names(in: path).reduce(Int64(0)) { sum, name in
        sum + (FileStatus(path: path + "/" + name)?.size ?? 0)
      }
      let used = record.st_mtim.tv_sec * 1_000_000_000 + record.st_mtim.tv_nsec
      return (content, used, size)
    }
    masters.sort { $0.used < $1.used }
    var total = masters.reduce(Int64(0)) { $0 + $1.size }
    for master in masters where total > byteLimit && master.content != content {
      if held[master.content] != nil { continue }
      let path = store.folder(of: master.content)
      let folder = FileDescriptor(
        Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC), name: path)
      guard flock(folder.number, LOCK_EX | LOCK_NB) == 0 else { continue }
      let old = store.folder + "/.old." + MasterStore.name(master.content)
      guard rename(path, old) == 0 else { throw SystemError("cannot remove", path) }
      try server.append([
        Draft(
          id: DeliveryIdentifiers.joined(
            ["\(server.author.name)", "\(master.content)", Self.moment(server), "evicted"]),
          Evicted(content: master.content, deliveryServer: server.author.name))
      ])
      try FlatFolder.remove(old)
      total -= master.size
    }
  }

  private static func moment(_ server: DeliveryServer) -> String {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    return "\(server.author.clock()).\(now.tv_nsec)"
  }

  private func names() throws -> [String] { try FlatFolder.names(in: store.folder) }

  private func unfinished() -> [String] {
    ((try? names()) ?? []).filter { $0.hasPrefix(".") }
  }
}
