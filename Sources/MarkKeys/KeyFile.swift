import CSodium
import CommandLineSupport
import Glibc

/// A key file of either kind as it was read.
package struct KeyFile: Sendable {
  /// What stands in the file.
  package let text: KeyText
  /// The file as named by the user.
  package let path: String
  /// Whether the group or others have the right to read the file.
  package let isExposed: Bool

  /// What to tell the user about the file's permissions, or nil.
  package var warning: String? {
    isExposed ? "others can read the \(text.kind.title) \(quoted(path))" : nil
  }

  /// The cure for `warning`.
  package var hint: String { "chmod go= \(path)" }

  /// Reads a key of one kind from a file; `-` is standard input.
  ///
  /// Regular files and pipes (such as a shell's `<(...)`) are read, nothing else.
  ///
  /// - Throws: `SystemError` when it cannot be read, `KeyFileError` when it is no such key.
  package init(reading path: String, as kind: KeyKind) throws {
    var record = stat()
    if path != "-", stat(path, &record) != 0 {
      throw SystemError("cannot open \(kind.title)", path)
    }
    if path == "-", fstat(0, &record) != 0 { throw SystemError("cannot read \(kind.title)", path) }
    let mode = record.st_mode & S_IFMT
    // Checked before opening: opening a device can have effects.
    guard mode == S_IFREG || mode == S_IFIFO else { throw KeyFileError.notAFile(kind, path) }
    let number = path == "-" ? 0 : open(path, O_RDONLY | O_CLOEXEC)
    if number < 0 { throw SystemError("cannot open \(kind.title)", path) }
    let name = path == "-" ? "standard input" : path
    let file = FileDescriptor(number, name: name, closesAtEnd: path != "-")
    var bytes = [UInt8](repeating: 0, count: KeyText.largestByteCount + 1)
    let count = try bytes.withUnsafeMutableBytes { buffer in try file.read(into: buffer) }
    defer { sodium_memzero(&bytes, count) }
    do { text = try KeyText(parsing: Array(bytes.prefix(count)), as: kind) } catch {
      throw KeyFileError.malformed(kind, name, error)
    }
    self.path = path
    isExposed = mode == S_IFREG && FileStatus(record).isReadableByOthers
  }

  /// Creates a key file with mode 0600 and makes it durable; an existing file is never touched.
  ///
  /// - Throws: `KeyFileError.exists`, or `SystemError`; a file half written is removed.
  package static func create(_ path: String, _ text: KeyText) throws {
    let number = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    if number < 0 {
      if errno == EEXIST { throw KeyFileError.exists(path) }
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

/// Why a file gives no key, or none was made.
package enum KeyFileError: ExplainedError, Equatable {
  /// The file is a folder, a device or a socket.
  case notAFile(KeyKind, String)
  /// The bytes are no such key.
  case malformed(KeyKind, String, KeyFault)
  /// A folder has no key files.
  case noKeys(KeyKind, String)
  /// The file to be made exists.
  case exists(String)

  package var description: String {
    switch self {
    case .notAFile(let kind, let path): "\(kind.title) \(quoted(path)) is not a file"
    case .malformed(let kind, let path, let fault):
      "\(kind.title) \(quoted(path)): \(fault.text(for: kind))"
    case .noKeys(let kind, let path): "the folder \(quoted(path)) has no \(kind.title)s"
    case .exists(let path): "\(quoted(path)) exists, and keys are never overwritten"
    }
  }

  package var hint: String? {
    switch self {
    case .notAFile: nil
    case .malformed(let kind, _, .notAKey), .malformed(let kind, _, .otherKind),
      .noKeys(let kind, _):
      kind.recipe
    case .malformed(_, _, .noName): "add a line '# name: NAME' behind the first line"
    case .malformed: nil
    case .exists: "choose another name, or move the old key away first"
    }
  }
}
