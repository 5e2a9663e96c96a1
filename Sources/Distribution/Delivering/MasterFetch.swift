import CSystemCalls
import CommandLineSupport
import Glibc
import Ledger
import MarkKeys
import Masters
import Signing

/// Fetches a master by a command that prints it as tar, and keeps it only when it is the one that
/// is wanted.
struct MasterFetch {
  private let item: Order.Item
  private let command: String

  init(_ item: Order.Item, command: String) {
    self.item = item
    // Handles have nothing that means something to a shell, but for a tilde at their beginning.
    self.command = command.replacing(
      "{content}", with: item.content.description.replacing("~", with: "\\~"))
  }

  /// Runs the command.
  ///
  /// - Parameter path: the folder that is made.
  /// - Throws: `DeliveryFault`, `MasterError`, `TarFault` or `SystemError`; there is no folder then.
  func run(to path: String) throws {
    var ends: [CInt] = [0, 0]
    guard cs_pipe(&ends) == 0 else { throw SystemError("cannot run", command) }
    let source = FileDescriptor(ends[0], name: "the fetched master")
    let empty = open("/dev/null", O_RDONLY | O_CLOEXEC)
    var process: pid_t = 0
    let words: [String] = ["/bin/sh", "-c", command]
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
    arguments.append(nil)
    let result = cs_spawn(&process, "/bin/sh", &arguments, environ, nil, empty, ends[1], 2)
    arguments.forEach { free($0) }
    close(empty)
    close(ends[1])
    guard result == 0 else { throw SystemError("cannot run", command, code: result) }
    var failure: (any Error)?
    var folder: OutputFolder?
    do { folder = try unpack(source, to: path) } catch { failure = error }
    if failure != nil { kill(process, SIGTERM) }
    var status: CInt = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    if failure == nil || failure is TarFault, status != 0, status & 0x7F != SIGTERM {
      folder?.discard()
      let code = status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
      throw DeliveryFault.fetchFailed(item.content, Int(code))
    }
    if let failure { throw failure }
    try folder?.finish()
  }

  private func unpack(_ source: FileDescriptor, to path: String) throws -> OutputFolder {
    let folder = try OutputFolder(path)
    do {
      let tar = TarReader(source)
      guard let first = try tar.next(), first.name == MasterOutline.fileName else {
        throw TarFault.missing(MasterOutline.fileName)
      }
      let bytes = try tar.bytes(of: first, limit: MasterOutline.largest)
      guard bytes.withUnsafeBytes({ SHA256Hash.of($0) }) == item.master else {
        throw DeliveryFault.otherMaster(item.content, path)
      }
      let outline = try MasterOutline(parsing: bytes)
      try bytes.withUnsafeBytes { try folder.create(first.name).write($0) }
      var missing = outline.parts.reduce(into: [String: Int64]()) {
        $0[$1.part.rawValue] = $1.byteCount
      }
      for secret in outline.secrets { missing[secret.name.rawValue] = Int64(secret.name.byteCount) }
      while let entry = try tar.next() {
        guard let size = missing.removeValue(forKey: entry.name) else {
          throw TarFault.unexpected(entry.name)
        }
        guard entry.byteCount == size else {
          throw TarFault.size(entry.name, entry.byteCount, limit: size)
        }
        let file = try folder.create(
          entry.name, isSecret: outline.secrets.contains { $0.name.rawValue == entry.name })
        try tar.read { try file.write($0) }
      }
      if let name = missing.keys.min() { throw TarFault.missing(name) }
      return folder
    } catch {
      folder.discard()
      throw error
    }
  }
}
