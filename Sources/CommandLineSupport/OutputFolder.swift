import CSystemCalls
import Glibc

/// A folder of files that appears whole or not at all.
///
/// It is filled under a temporary name beside its place (mode 0700). `finish()` synchronises
/// everything, gives files and folder the modes of new ones and renames the folder. A failure or a
/// signal removes it; what a killed process leaves is named `.NAME.XXXXXX`.
package final class OutputFolder {
  /// The path as given, without slashes at its end.
  package let path: String

  private var temporary: String?
  private let descriptor: FileDescriptor
  private var files: [(path: String, file: FileDescriptor, isSecret: Bool)] = []

  /// Makes the temporary folder.
  ///
  /// - Parameter path: where it will be; nothing may be there yet.
  /// - Throws: `SystemError`.
  package init(_ path: String) throws {
    var end = path[...]
    while end.count > 1, end.hasSuffix("/") { end.removeLast() }
    self.path = String(end)
    var record = stat()
    if lstat(self.path, &record) == 0 { throw SystemError("cannot create", path, code: EEXIST) }
    let name = self.path.split(separator: "/").last.map(String.init) ?? ""
    var template = Array("\(folder(of: self.path))/.\(name).XXXXXX".utf8CString)
    let number = cs_temporary_folder(&template)
    if number < 0 { throw SystemError("cannot create", path) }
    descriptor = FileDescriptor(number, name: self.path)
    temporary = template.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { String(cString: $0) }
    }
  }

  deinit { discard() }

  /// Makes an empty file for writing.
  ///
  /// - Parameters:
  ///   - name: without a slash.
  ///   - isSecret: whether only the owner may ever read it.
  /// - Returns: the file; the folder synchronises it at the end.
  /// - Throws: `SystemError`.
  package func create(_ name: String, isSecret: Bool = false) throws -> FileDescriptor {
    guard let temporary else { preconditionFailure("a file made after the end") }
    let target = temporary + "/" + name
    var bytes = Array(target.utf8CString)
    let number = cs_temporary_file_in_folder(&bytes)
    if number < 0 { throw SystemError("cannot create", path + "/" + name) }
    let file = FileDescriptor(number, name: path + "/" + name)
    files.append((target, file, isSecret))
    return file
  }

  /// Makes the folder final: synchronised and renamed.
  ///
  /// - Throws: `SystemError`; there is no folder then, or the whole one when only the folder above
  ///   could not be synchronised.
  package func finish() throws {
    guard let temporary else { return }
    let mode = cs_new_file_mode()
    for (_, file, isSecret) in files {
      if fchmod(file.number, isSecret ? 0o600 : mode) != 0 {
        throw SystemError("cannot write", file.name)
      }
      try file.synchronize()
    }
    // What may be read may be searched.
    let searchable = mode | (mode & 0o444) >> 2
    if fchmod(descriptor.number, searchable) != 0 { throw SystemError("cannot write", path) }
    try descriptor.synchronize()
    if cs_temporary_rename(temporary, path) != 0 { throw SystemError("cannot create", path) }
    self.temporary = nil
    files = []
    try synchronizeFolder(of: path)
  }

  /// Gives the folder up and removes it, without effect after `finish()`.
  package func discard() {
    guard let temporary else { return }
    for (path, _, _) in files { cs_temporary_remove(path) }
    cs_temporary_remove(temporary)
    self.temporary = nil
    files = []
  }
}
