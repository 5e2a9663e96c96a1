import CommandLineSupport
import Glibc

/// A mark key together with where it came from.
package struct MarkKeyFile: Sendable {
  /// The key; without a name of its own it has the file's.
  package let key: MarkKey
  private let file: KeyFile

  /// The file as named by the user.
  package var path: String { file.path }
  /// Whether the group or others have the right to read the file.
  package var isExposed: Bool { file.isExposed }
  /// What to tell the user about the file's permissions, or nil.
  package var warning: String? { file.warning }
  /// The cure for `warning`.
  package var hint: String { file.hint }

  /// Reads a key from a file; `-` is standard input.
  ///
  /// - Throws: as `KeyFile`.
  package init(reading path: String) throws {
    file = try KeyFile(reading: path, as: .mark)
    key = MarkKey(name: file.text.name ?? KeyFile.baseName(of: path), secret: file.text.secret)
  }

  /// Reads the key in a file, or all keys of a folder in the order of their file names.
  ///
  /// In a folder, names that start with a point or end with a tilde are passed over, and so are
  /// folders; every other entry must be a key.
  ///
  /// - Throws: as for one file; `KeyFileError.noKeys` for a folder without keys.
  package static func readAll(_ path: String) throws -> [MarkKeyFile] {
    guard path != "-", FileStatus(path: path)?.isFolder == true else {
      return [try MarkKeyFile(reading: path)]
    }
    guard let folder = opendir(path) else { throw SystemError("cannot open", path) }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix("."), !name.hasSuffix("~") { names.append(name) }
    }
    // By bytes, so that no locale changes the order.
    names.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    let prefix = path.hasSuffix("/") ? path : path + "/"
    let files = try names.map { prefix + $0 }
      .filter { FileStatus(path: $0)?.isFolder != true }
      .map { try MarkKeyFile(reading: $0) }
    if files.isEmpty { throw KeyFileError.noKeys(.mark, path) }
    return files
  }
}
