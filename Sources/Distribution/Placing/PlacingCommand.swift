import CSystemCalls
import CommandLineSupport
import Glibc
package import Trade

/// A line of shell that takes a master to a delivery server.
///
/// `{master}` is the folder of the master, `{name}` its name in a store, `{content}` the title and
/// `{server}` the delivery server; each is put in quotes for the shell.
package struct PlacingCommand: Sendable, Equatable {
  /// The names that are replaced.
  package enum Field: String, Sendable, CaseIterable {
    case master, name, content, server
  }

  /// The line as it was given.
  package let template: String

  /// - Throws: `PlacingFault.unknownField` for braces around anything else.
  package init(_ template: String) throws {
    self.template = template
    _ = try Self.replace(template) { _ in "" }
  }

  /// The line with everything put in.
  ///
  /// - Parameter values: for each name what it stands for.
  /// - Returns: a line of shell.
  package func line(_ values: [Field: String]) -> String {
    let line = try? Self.replace(template) { Self.quotedForShell(values[$0] ?? "") }
    return line ?? template
  }

  private static func replace(_ template: String, _ value: (Field) -> String) throws -> String {
    var line = ""
    var rest = template[...]
    while let open = rest.firstIndex(of: "{") {
      line += rest[..<open]
      rest = rest[open...]
      // Braces of the shell itself, as in ${x} and { a; }, are left alone.
      guard let close = rest.firstIndex(of: "}"), line.last != "$",
        case let word = rest[rest.index(after: open)..<close], !word.isEmpty,
        word.allSatisfy({ $0.isLetter })
      else {
        line.append("{")
        rest = rest.dropFirst()
        continue
      }
      guard let field = Field(rawValue: String(word)) else {
        throw PlacingFault.unknownField(String(word))
      }
      line += value(field)
      rest = rest[rest.index(after: close)...]
    }
    return line + rest
  }

  private static func quotedForShell(_ text: String) -> String {
    "'" + text.replacing("'", with: #"'\''"#) + "'"
  }

  /// Runs the line with /bin/sh; what it prints goes to standard error.
  ///
  /// - Parameter values: for each name what it stands for.
  /// - Throws: `PlacingFault.failed` or `SystemError`.
  package func run(_ values: [Field: String]) throws {
    let line = line(values)
    let words: [String] = ["sh", "-c", line]
    let arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    let input = open("/dev/null", O_RDONLY | O_CLOEXEC)
    if input < 0 { throw SystemError("cannot open", "/dev/null") }
    defer { close(input) }
    var process: pid_t = 0
    let result = cs_spawn(&process, "/bin/sh", arguments, environ, nil, input, 2, 2)
    if result != 0 { throw SystemError("cannot run", "/bin/sh", code: result) }
    var status: CInt = 0
    while waitpid(process, &status, 0) < 0 {
      if errno != EINTR { throw SystemError("cannot wait for", "/bin/sh") }
    }
    let signal = status & 0x7F
    let code = signal == 0 ? status >> 8 & 0xFF : 128 + signal
    if code != 0 { throw PlacingFault.failed(line, status: Int(code)) }
  }
}

/// Why a master is not placed.
package enum PlacingFault: ExplainedError, Equatable {
  case unknownField(String)
  case failed(String, status: Int)
  /// Neither a folder nor a command takes a master there.
  case noWay(PartyName)

  package var description: String {
    switch self {
    case .unknownField(let word): "\(quoted("{\(word)}")) stands for nothing in a command"
    case .noWay(let server): "nothing says how a master gets to \(quoted("\(server)"))"
    case .failed(let line, let status): "\(quoted(line)) ended with status \(status)"
    }
  }

  package var hint: String? {
    switch self {
    case .unknownField:
      "use " + PlacingCommand.Field.allCases.map { "{\($0.rawValue)}" }.joined(separator: ", ")
    case .noWay: "use --place SERVER=FOLDER or --place-command"
    case .failed: "nothing was recorded; the command can be given again"
    }
  }
}
