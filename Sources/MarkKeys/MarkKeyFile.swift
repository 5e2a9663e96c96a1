import CSodium
import CommandLineSupport
import Glibc

/// A mark key together with where it came from.
package struct MarkKeyFile: Sendable {
  /// The key; without a name of its own it has the file's.
  package let key: MarkKey
  /// The file as named by the user.
  package let path: String
  /// Whether the group or others have the right to read the file.
  package let isExposed: Bool

  /// What to tell the user about the file's permissions, or nil.
  package var warning: String? {
    isExposed ? "others can read the mark key \(quoted(path))" : nil
  }

  /// The cure for `warning`.
  package var hint: String { "chmod go= \(path)" }

  /// Reads a key from a file; `-` is standard input.
  ///
  /// Regular files and pipes (such as a shell's `<(...)`) are read, nothing else.
  ///
  /// - Throws: `SystemError` when it cannot be read, `MarkKeyError` when it is no key.
  package init(reading path: String) throws {
    var record = stat()
    if path != "-", stat(path, &record) != 0 { throw SystemError("cannot open mark key", path) }
    if path == "-", fstat(0, &record) != 0 { throw SystemError("cannot read mark key", path) }
    let kind = record.st_mode & S_IFMT
    // Checked before opening: opening a device can have effects.
    guard kind == S_IFREG || kind == S_IFIFO else { throw MarkKeyError.notAFile(path) }
    let number = path == "-" ? 0 : open(path, O_RDONLY | O_CLOEXEC)
    if number < 0 { throw SystemError("cannot open mark key", path) }
    let name = path == "-" ? "standard input" : path
    let file = FileDescriptor(number, name: name, closesAtEnd: path != "-")
    var bytes = [UInt8](repeating: 0, count: MarkKeyText.largestByteCount + 1)
    let count = try bytes.withUnsafeMutableBytes { buffer in try file.read(into: buffer) }
    defer { sodium_memzero(&bytes, count) }
    let text: MarkKeyText
    do { text = try MarkKeyText(parsing: Array(bytes.prefix(count))) } catch {
      throw MarkKeyError.malformed(name, error)
    }
    key = MarkKey(name: text.name ?? Self.baseName(of: path), secret: text.secret)
    self.path = path
    isExposed = kind == S_IFREG && FileStatus(record).isReadableByOthers
  }

  /// Reads the key in a file, or all keys of a folder in the order of their file names.
  ///
  /// In a folder, names that start with a point or end with a tilde are passed over, and so are
  /// folders; every other entry must be a key.
  ///
  /// - Throws: as for one file; `MarkKeyError.noKeys` for a folder without keys.
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
    if files.isEmpty { throw MarkKeyError.noKeys(path) }
    return files
  }

  /// Creates a key file with mode 0600 and makes it durable; an existing file is never touched.
  ///
  /// - Throws: `MarkKeyError.exists`, or `SystemError`; a file half written is removed.
  package static func create(_ path: String, _ text: MarkKeyText) throws {
    let number = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    if number < 0 {
      if errno == EEXIST { throw MarkKeyError.exists(path) }
      throw SystemError("cannot create", path)
    }
    let file = FileDescriptor(number, name: path)
    do {
      var bytes = Array(text.text.utf8)
      defer { sodium_memzero(&bytes, bytes.count) }
      try bytes.withUnsafeBytes { try file.write($0) }
      try file.synchronize()
      try synchronizeFolder(of: path)
    } catch {
      unlink(path)
      throw error
    }
  }

  /// The last part of a path without its extension: what a key is called that has no name.
  package static func baseName(of path: String) -> String {
    if path == "-" { return "standard input" }
    let last = path.split(separator: "/").last.map(String.init) ?? path
    guard let point = last.lastIndex(of: "."), point != last.startIndex else { return last }
    return String(last[..<point])
  }
}

/// Why a file gives no mark key, or none was made.
package enum MarkKeyError: ExplainedError, Equatable {
  /// The file is a folder, a device or a socket.
  case notAFile(String)
  /// The bytes are no mark key.
  case malformed(String, MarkKeyFault)
  /// A folder has no key files.
  case noKeys(String)
  /// The file to be made exists.
  case exists(String)

  package var description: String {
    switch self {
    case .notAFile(let path): "mark key \(quoted(path)) is not a file"
    case .malformed(let path, let fault): "mark key \(quoted(path)): \(fault)"
    case .noKeys(let path): "the folder \(quoted(path)) has no mark keys"
    case .exists(let path): "\(quoted(path)) exists, and keys are never overwritten"
    }
  }

  package var hint: String? {
    switch self {
    case .notAFile: nil
    case .malformed(_, .notAKey), .noKeys: "wm-keygen -o FILE makes a mark key"
    case .malformed: nil
    case .exists: "choose another name, or move the old key away first"
    }
  }
}
