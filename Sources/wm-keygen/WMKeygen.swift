import ArgumentParser
import CommandLineSupport
import Glibc
import MarkKeys
import Signing

/// Makes a mark key or a signing key, or prints the public part of a signing key.
@main struct WMKeygen: Tool {
  static let configuration = CommandConfiguration(
    commandName: "wm-keygen",
    abstract: "Make a mark key or a signing key",
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

  @Flag(help: "Make a signing key; its name is that of the party that signs.")
  var signing = false

  @Option(
    name: .customLong("public"),
    help: ArgumentHelp(
      "Print the public key of a signing key; - is standard input.", valueName: "key"))
  var publicKeySource: String?

  @OptionGroup var verbosity: VerbosityOptions

  private var kind: KeyKind { signing ? .signing : .mark }

  func validate() throws {
    if publicKeySource != nil {
      if signing { throw ValidationError("--public and --signing exclude each other") }
      if output != nil { throw ValidationError("--public and --output exclude each other") }
      if name != nil { throw ValidationError("--public and --name exclude each other") }
    }
    if let name, !kind.isName(name) {
      throw ValidationError("--name \(quoted(name)) is not \(kind.nameRule)")
    }
  }

  func run() throws {
    let diagnostics = verbosity.diagnostics(for: Self.name)
    if let publicKeySource {
      let file = try SigningKeyFile(reading: publicKeySource)
      if let warning = file.warning { diagnostics.warning(warning, hint: file.hint) }
      try StandardOutput().writeLine(file.key.publicKey.text)
    } else if let output, output != "-" {
      let name = self.name ?? KeyFile.baseName(of: output)
      guard kind.isName(name) else { throw UnsuitableName(kind: kind, name: name) }
      try KeyFile.create(output, newKey(named: name))
      diagnostics.note("made the \(kind.title) \(quoted(output)), named \(quoted(name))")
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

  private func newKey(named name: String?) -> KeyText {
    var now = time(nil)
    var parts = tm()
    gmtime_r(&now, &parts)
    var text = [CChar](repeating: 0, count: 32)
    let count = strftime(&text, text.count, "%Y-%m-%dT%H:%M:%SZ", &parts)
    let created = String(decoding: text.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return switch kind {
    case .mark: KeyText(.mark, name: name, created: created, secret: .random())
    case .signing: SigningKeyFile.text(name: name, created: created, seed: .random())
    }
  }
}

/// A file's base name cannot be the name of a key.
private struct UnsuitableName: ExplainedError {
  let kind: KeyKind
  let name: String

  var description: String { "the base name \(quoted(name)) cannot be the name of a \(kind.title)" }
  var hint: String? { "give one with --name: \(kind.nameRule)" }
}
