import CSystemCalls
import Glibc

/// Another program that does a part of the work, found along PATH.
///
/// What it says on standard error, and on standard output unless that is read, is kept for messages.
/// A child whose object goes away before it has ended is ended with SIGTERM.
package final class ChildProcess {
  /// Where its standard input comes from.
  package enum Input {
    /// From nowhere.
    case nothing
    /// From `write(_:)`.
    case pipe
  }

  private let program: String
  private var process: pid_t
  private var input: FileDescriptor?
  /// What it writes on standard output, where that was asked for.
  package private(set) var output: FileDescriptor?
  private let log: FileDescriptor

  /// Starts it.
  ///
  /// - Parameters:
  ///   - program: its name.
  ///   - arguments: behind the name.
  ///   - input: where its standard input comes from.
  ///   - readsOutput: whether its standard output is read through `output`.
  /// - Throws: `ChildFault.missing` or `SystemError`.
  package init(
    _ program: String, _ arguments: [String], input: Input = .nothing, readsOutput: Bool = false
  ) throws {
    // A child that dies is an error of a write, not the end of this process.
    signal(SIGPIPE, SIG_IGN)
    self.program = program
    log = try .unnamed()
    let source: FileDescriptor
    switch input {
    case .nothing:
      let number = open("/dev/null", O_RDONLY | O_CLOEXEC)
      if number < 0 { throw SystemError("cannot open", "/dev/null") }
      source = FileDescriptor(number, name: "/dev/null")
    case .pipe:
      let ends = try Self.pipe(program)
      source = ends.read
      self.input = ends.write
    }
    var sink = log
    if readsOutput {
      let ends = try Self.pipe(program)
      sink = ends.write
      output = ends.read
    }
    let words: [UnsafeMutablePointer<CChar>?] =
      ([program] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    process = 0
    let result = cs_spawn(
      &process, program, words, environ, nil, source.number, sink.number, log.number)
    if result == ENOENT { throw ChildFault.missing(program) }
    if result != 0 { throw SystemError("cannot run", program, code: result) }
  }

  deinit {
    if process > 0 {
      kill(process, SIGTERM)
      input = nil
      output = nil
      var status: CInt = 0
      while waitpid(process, &status, 0) < 0, errno == EINTR {}
    }
  }

  private static func pipe(
    _ program: String
  ) throws -> (read: FileDescriptor, write: FileDescriptor) {
    var ends: (CInt, CInt) = (-1, -1)
    let result = withUnsafeMutableBytes(of: &ends) { bytes in
      cs_pipe(bytes.assumingMemoryBound(to: CInt.self).baseAddress)
    }
    if result != 0 { throw SystemError("cannot run", program) }
    return (FileDescriptor(ends.0, name: program), FileDescriptor(ends.1, name: program))
  }

  /// Writes to its standard input.
  ///
  /// - Parameter bytes: what it reads next.
  /// - Throws: `SystemError`, with `EPIPE` when it reads no more; `finish()` then says why.
  package func write(_ bytes: UnsafeRawBufferPointer) throws { try input?.write(bytes) }

  /// Ends its input.
  package func endInput() { input = nil }

  /// Reads its output no more; if it goes on writing, it ends.
  package func endOutput() { output = nil }

  /// Ends it at once, since nobody needs its work any more.
  package func abandon() {
    guard process > 0 else { return }
    kill(process, SIGKILL)
    input = nil
    output = nil
    var status: CInt = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    process = 0
  }

  /// Ends its input and waits for its end.
  ///
  /// - Throws: `ChildFault.failed` unless it ends with status 0.
  package func finish() throws {
    input = nil
    output = nil
    var status: CInt = 0
    while waitpid(process, &status, 0) < 0 {
      if errno != EINTR { throw SystemError("cannot wait for", program) }
    }
    process = 0
    let signal = status & 0x7F
    let code = signal == 0 ? status >> 8 & 0xFF : 128 + signal
    if code != 0 { throw ChildFault.failed(program, status: Int(code), text: try saidLast()) }
  }

  /// What it has said so far: the first 64 KiB.
  ///
  /// - Returns: the text.
  /// - Throws: `SystemError`.
  package func said() throws -> String { try said(from: 0) }

  private func said(from place: Int64) throws -> String {
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = try bytes.withUnsafeMutableBytes { try log.read(into: $0, at: place) }
    return String(decoding: bytes[..<count], as: UTF8.self)
  }

  /// The first line that speaks of an error, else the last one.
  private func saidLast() throws -> String {
    let size = try log.status().size
    let lines = try said(from: max(0, size - 1 << 16)).split(whereSeparator: \.isNewline)
      .map { line in line.drop { $0 == " " } }.filter { !$0.isEmpty }
    let words = ["error", "failure", "fatal", "sorry"]
    let isOfError = { (line: Substring) in words.contains { line.lowercased().contains($0) } }
    let line = lines.first(where: isOfError) ?? lines.last ?? ""
    return String(line.prefix(300))
  }
}

/// Why another program did not do its part.
package enum ChildFault: ExplainedError, Equatable {
  case missing(String)
  /// With the line it left.
  case failed(String, status: Int, text: String)

  package var description: String {
    switch self {
    case .missing(let program): "the program \(quoted(program)) is not installed"
    case .failed(let program, let status, let text):
      "\(quoted(program)) ended with status \(status)"
        + (text.isEmpty ? "" : ": \(quoted(text).dropFirst().dropLast())")
    }
  }

  package var hint: String? {
    switch self {
    case .missing(let program): "on Debian: apt-get install \(program)"
    case .failed: nil
    }
  }
}
