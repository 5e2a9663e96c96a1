package import CommandLineSupport
package import Ledger
package import Masters

/// A master as a tar stream, for a delivery server that fetches it: the files of the folder under
/// their names there, the manifest first, the secret files with mode 0600.
package enum MasterStream {
  /// Writes a master.
  ///
  /// All files are opened before the first byte goes out, so that another master which takes the
  /// place meanwhile does not get into the stream.
  ///
  /// - Parameters:
  ///   - master: what is sent.
  ///   - content: its title, for messages.
  ///   - output: where it goes.
  /// - Throws: `CatalogueFault.otherMaster`, `TarFault` or `SystemError`.
  package static func send(
    _ master: MasterFiles, of content: Handle, to output: OutputFile
  ) throws {
    let files = try master.fileNames.map { name, isSecret in
      (name, isSecret, try FileDescriptor.reading(master.path + "/" + name))
    }
    guard try MasterFiles(path: master.path).identity == master.identity else {
      throw CatalogueFault.otherMaster(content, path: master.path)
    }
    let tar = TarWriter(output)
    for (name, isSecret, file) in files {
      try tar.add(name, byteCount: file.status().size, isSecret: isSecret) { output in
        try file.copy(to: output)
      }
    }
    try tar.finish()
    try output.finish()
  }
}
