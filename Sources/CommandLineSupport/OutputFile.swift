import CSystemCalls
import Glibc

/// The output of a tool: standard output, or a file that appears whole or not at all.
///
/// A named file is created with the first byte (mode 0600), without a name, so that whatever ends the
/// process, nothing is left; where the file system has no such files it has a temporary name in the
/// same folder, and a failure or a signal that can be caught removes it. `finish()` synchronises it,
/// gives it the mode of the file it replaces, else that of a new file, and its name. Devices and
/// pipes named by path are written directly.
package final class OutputFile {
  /// What kind of bytes will be written.
  package enum Contents: Sendable {
    /// Lines for people or programs.
    case text
    /// Bytes that would upset a terminal, or that nobody should see there.
    case binary
  }

  /// What messages call the output: a path or `standard output`.
  package let name: String
  /// The path as given; nil for standard output.
  package let path: String?
  /// The bytes written so far, counted from the start of this output.
  package private(set) var byteCount: Int64 = 0

  /// Is shown the bytes that are written at the end, in order, for instance to hash them.
  package var observe: ((UnsafeRawBufferPointer) -> Void)?

  private var file: FileDescriptor?
  private var temporary: String?
  private var isHidden = false
  private let destination: String
  private let start: Int64
  private var isFinished = false

  /// Whether bytes already written can be replaced through `write(_:at:)`.
  package let isSeekable: Bool

  /// Prepares the output; no file is created yet.
  ///
  /// - Parameters:
  ///   - path: the argument of `-o`; nil and `-` are standard output.
  ///   - contents: binary output to a terminal is refused unless `-` was given in so many words.
  ///   - inputs: paths that are read meanwhile, `-` for standard input; none may be the output.
  /// - Throws: `OutputError`, or `SystemError` when the path cannot be an output.
  package init(_ path: String?, contents: Contents, inputs: [String] = []) throws {
    let status: FileStatus?
    if let path, path != "-" {
      self.path = path
      name = path
      status = FileStatus(path: path)
      if let status, status.isFolder { throw SystemError("cannot write", path, code: EISDIR) }
      if status == nil || status?.isRegular == true {
        destination = try Self.resolved(path)
        isSeekable = true
      } else {
        destination = path
        isSeekable = false
      }
      start = 0
    } else {
      self.path = nil
      name = "standard output"
      destination = ""
      let standardOutput = FileDescriptor(1, name: name, closesAtEnd: false)
      file = standardOutput
      status = try? standardOutput.status()
      if contents == .binary, path == nil, isatty(1) == 1 { throw OutputError.terminal }
      let isAppending = fcntl(1, F_GETFL) & O_APPEND != 0
      let position = status?.isRegular == true && !isAppending ? standardOutput.position : nil
      isSeekable = position != nil
      start = position ?? 0
    }
    if let status, status.isRegular { try refuse(status, among: inputs) }
  }

  /// Takes an open file of which nothing is written yet, such as one without a name; it stays open
  /// when it is the caller's.
  package init(_ file: FileDescriptor) {
    path = nil
    name = file.name
    destination = ""
    isSeekable = true
    start = 0
    self.file = file
  }

  deinit { discard() }

  /// Writes bytes at the end.
  ///
  /// - Throws: `SystemError`, for instance for a full disk; the temporary file is gone by then.
  package func write(_ bytes: UnsafeRawBufferPointer) throws {
    try guarded { file in try file.write(bytes) }
    byteCount += Int64(bytes.count)
    observe?(bytes)
  }

  /// Writes the UTF-8 bytes of a text at the end.
  package func write(_ text: String) throws {
    try Array(text.utf8).withUnsafeBytes { bytes in try write(bytes) }
  }

  /// Replaces bytes, or writes past the end; only where `isSeekable`.
  ///
  /// - Parameters:
  ///   - bytes: what comes there.
  ///   - offset: counted from the start of this output.
  /// - Throws: `SystemError`, as when writing at the end.
  package func write(_ bytes: UnsafeRawBufferPointer, at offset: Int64) throws {
    precondition(isSeekable)
    try guarded { file in try file.write(bytes, at: start + offset) }
    if offset + Int64(bytes.count) > byteCount {
      byteCount = offset + Int64(bytes.count)
      try guarded { file in try file.seek(to: start + byteCount) }
    }
  }

  /// Makes the output final: synchronised and renamed.
  ///
  /// - Throws: `SystemError`; a named file then does not exist or is still the old one, except that
  ///   it is the whole new one when only its folder could not be synchronised.
  package func finish() throws { _ = try finish(synchronizing: true) }

  /// Makes a named file final, but leaves it to the caller to synchronise it and its folder.
  ///
  /// It may be lost or empty after a loss of power until then.
  ///
  /// - Returns: the file to be synchronised; nil where that makes no sense.
  /// - Throws: `SystemError`, as `finish()`.
  package func publish() throws -> FileDescriptor? { try finish(synchronizing: false) }

  private func finish(synchronizing: Bool) throws -> FileDescriptor? {
    guard !isFinished else { return nil }
    var published: FileDescriptor?
    try guarded { file in
      guard temporary != nil || isHidden else {
        if path != nil { try file.synchronize() }
        return
      }
      published = file
      let mode =
        FileStatus(path: destination)?.permissions ?? cs_new_file_mode()
      if fchmod(file.number, mode) != 0 { throw SystemError("cannot write", name) }
      if synchronizing {
        do { try file.synchronize() } catch let error as SystemError {
          throw SystemError("cannot write", name, code: error.code)
        }
      }
      try giveName(to: file)
      if synchronizing { try synchronizeFolder(of: destination) }
    }
    isFinished = true
    file = nil
    return published
  }

  private func giveName(to file: FileDescriptor) throws {
    let result: CInt
    if let temporary {
      result = cs_temporary_rename(temporary, destination)
    } else {
      var template = Array(Self.temporaryTemplate(for: destination).utf8CString)
      result = cs_hidden_publish(file.number, &template, destination)
    }
    if result != 0 { throw SystemError("cannot write", name) }
    temporary = nil
  }

  /// Gives the output up, without effect after `finish()`.
  ///
  /// A temporary file is removed; what went to standard output cannot be taken back.
  package func discard() {
    if let temporary { cs_temporary_remove(temporary) }
    temporary = nil
    if path != nil { file = nil }
  }

  /// Runs a step on the open file and discards the output when it fails.
  private func guarded(_ step: (FileDescriptor) throws -> Void) throws {
    do { try step(openedFile()) } catch {
      discard()
      isFinished = true
      throw error
    }
  }

  private func openedFile() throws -> FileDescriptor {
    precondition(!isFinished, "written after the end")
    if let file { return file }
    let opened: FileDescriptor
    if isSeekable, case let number = cs_hidden_create(CommandLineSupport.folder(of: destination)),
      number >= 0
    {
      isHidden = true
      opened = FileDescriptor(number, name: name)
    } else if isSeekable {
      var template = Array(Self.temporaryTemplate(for: destination).utf8CString)
      let number = cs_temporary_create(&template)
      if number < 0 { throw SystemError("cannot create", name) }
      temporary = template.withUnsafeBufferPointer { buffer in
        buffer.baseAddress.map { String(cString: $0) }
      }
      opened = FileDescriptor(number, name: name)
    } else {
      let number = open(destination, O_WRONLY | O_CLOEXEC | O_NOCTTY)
      if number < 0 { throw SystemError("cannot open", name) }
      opened = FileDescriptor(number, name: name)
    }
    file = opened
    return opened
  }

  private func refuse(_ output: FileStatus, among inputs: [String]) throws {
    for input in inputs {
      let status =
        input == "-"
        ? try? FileDescriptor.reading("-").status() : FileStatus(path: input)
      guard let status, status.isRegular, status.identity == output.identity else { continue }
      throw OutputError.sameAsInput(name)
    }
  }
}

extension OutputFile {
  /// The path with symbolic links followed, so that a link stays one and its target is replaced.
  private static func resolved(_ path: String) throws -> String {
    guard let real = realpath(path, nil) else {
      guard errno == ENOENT else { throw SystemError("cannot write", path) }
      if path.hasSuffix("/") { throw SystemError("cannot write", path, code: EISDIR) }
      guard FileStatus(path: folder(of: path))?.isFolder == true else {
        throw SystemError("cannot write", path, code: ENOENT)
      }
      return path
    }
    defer { free(real) }
    return String(cString: real)
  }

  /// `.NAME.XXXXXX` beside the destination, the name shortened to what a folder entry can hold.
  private static func temporaryTemplate(for path: String) -> String {
    let base = path.utf8.split(separator: UInt8(ascii: "/")).last.map { Array($0) } ?? []
    let name = String(decoding: base.prefix(200), as: UTF8.self).filter { $0 != "\u{FFFD}" }
    return "\(folder(of: path))/.\(name).XXXXXX"
  }
}

/// The folder part of a path: `.` for a bare name, `/` for a name in the root.
package func folder(of path: String) -> String {
  guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
  return slash == path.startIndex ? "/" : String(path[..<slash])
}

/// Makes a new or changed entry of the folder durable.
package func synchronizeFolder(of path: String) throws {
  let name = folder(of: path)
  let number = open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
  // A folder that may be written but not read cannot be synchronised; the rename itself is done.
  if number < 0 { return }
  try FileDescriptor(number, name: name).synchronize()
}

/// Why a path or stream was refused as output.
package enum OutputError: ExplainedError, Equatable {
  /// Binary data would go to a terminal.
  case terminal
  /// The output is one of the inputs.
  case sameAsInput(String)

  package var description: String {
    switch self {
    case .terminal: "refusing to write keys or binary data to the terminal"
    case .sameAsInput(let name): "\(quoted(name)) is both input and output"
    }
  }

  package var hint: String? {
    switch self {
    case .terminal: "name a file with -o FILE, or insist with -o -"
    case .sameAsInput: "write to another file and rename it afterwards"
    }
  }
}
