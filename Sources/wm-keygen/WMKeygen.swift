import ArgumentParser
import CommandLineSupport
import Glibc
import MarkKeys

/// Makes a mark key.
@main struct WMKeygen: Tool {
  static let configuration = CommandConfiguration(
    commandName: "wm-keygen",
    abstract: "Make a mark key",
    discussion: """
      The key is written with mode 0600. An existing file is never overwritten.
      """,
    version: suiteVersion)

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The key file to make; - is standard output.", valueName: "key"))
  var output: String?

  @Option(help: "What reports call the key. (default: the base name of the file)")
  var name: String?

  @OptionGroup var verbosity: VerbosityOptions

  func validate() throws {
    if let name, !MarkKeyText.isName(name) {
      throw ValidationError(
        "--name \(quoted(name)) is not 1 to \(MarkKeyText.longestName) bytes of printable text")
    }
  }

  func run() throws {
    let diagnostics = verbosity.diagnostics(for: Self.name)
    if let output, output != "-" {
      let name = self.name ?? MarkKeyFile.baseName(of: output)
      guard MarkKeyText.isName(name) else { throw UnsuitableName(name: name) }
      try MarkKeyFile.create(output, newKey(named: name))
      diagnostics.note("made the mark key \(quoted(output)), named \(quoted(name))")
    } else {
      let file = try OutputFile(output, contents: .binary)
      if let status = try? FileDescriptor(1, name: file.name, closesAtEnd: false).status(),
        status.isRegular, status.isReadableByOthers
      {
        diagnostics.warning(
          "standard output is a file that others can read", hint: "use -o, or chmod go= the file")
      }
      try file.write(newKey(named: name).text)
      try file.finish()
    }
  }

  private func newKey(named name: String?) -> MarkKeyText {
    var now = time(nil)
    var parts = tm()
    gmtime_r(&now, &parts)
    var text = [CChar](repeating: 0, count: 32)
    let count = strftime(&text, text.count, "%Y-%m-%dT%H:%M:%SZ", &parts)
    let created = String(decoding: text.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return MarkKeyText(name: name, created: created, secret: .random())
  }
}

/// A file's base name cannot be the name of a key.
private struct UnsuitableName: ExplainedError {
  let name: String

  var description: String { "the base name \(quoted(name)) cannot be the name of a key" }
  var hint: String? { "give one with --name" }
}
