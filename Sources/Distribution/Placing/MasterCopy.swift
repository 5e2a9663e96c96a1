import CommandLineSupport
package import Ledger
package import Masters

/// Copies masters into the store of another server on the same file systems.
package enum MasterCopy {
  /// Puts a copy of a master in its place in a store, whole or not at all; the same one may be there.
  ///
  /// - Parameters:
  ///   - master: what is copied.
  ///   - content: its title.
  ///   - store: where it goes.
  /// - Throws: `MasterError`, `StoreBusy` or `SystemError`.
  package static func copy(
    _ master: MasterFiles, of content: Handle, to store: MasterStore
  ) throws {
    let place = try MasterPlace(content, in: store)
    if let old = place.master, old.identity == master.identity,
      (try? old.verify()) != nil
    {
      return
    }
    defer { try? place.removeOther() }
    let folder = try OutputFolder(place.newPath)
    defer { folder.discard() }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 4096)
    defer { buffer.deallocate() }
    for (name, isSecret) in master.fileNames {
      let source = try FileDescriptor.reading(master.path + "/" + name)
      let target = try folder.create(name, isSecret: isSecret)
      while case let count = try source.read(into: buffer), count > 0 {
        try target.write(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      }
    }
    try folder.finish()
    // What was read may be damaged: nobody is given it.
    try MasterFiles(path: place.newPath).verify()
    try place.install()
  }
}
