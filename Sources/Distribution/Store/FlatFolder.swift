import CommandLineSupport
import Glibc

/// Folders without folders in them, as masters are.
package enum FlatFolder {
  /// The names in a folder, sorted by their bytes.
  ///
  /// - Throws: `SystemError`.
  package static func names(in path: String) throws -> [String] {
    guard let folder = opendir(path) else { throw SystemError("cannot open", path) }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Makes a folder unless it is there.
  ///
  /// - Throws: `SystemError`.
  package static func make(_ path: String) throws {
    if mkdir(path, 0o777) == 0 { return try synchronizeFolder(of: path) }
    guard errno == EEXIST, FileStatus(path: path)?.isFolder == true else {
      throw SystemError("cannot create", path)
    }
  }

  /// Removes a folder and the files in it, if it is there.
  ///
  /// - Throws: `SystemError`.
  package static func remove(_ path: String) throws {
    guard FileStatus(path: path) != nil else { return }
    for name in try names(in: path) where unlink(path + "/" + name) != 0 && errno != ENOENT {
      throw SystemError("cannot remove", path + "/" + name)
    }
    if rmdir(path) != 0, errno != ENOENT { throw SystemError("cannot remove", path) }
  }
}
