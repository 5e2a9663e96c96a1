import ArgumentParser
import CommandLineSupport
import Ledger
import LedgerCommandSupport
import Signing
import TransparencyLog

/// Signs a checkpoint of what is on the disk.
struct CheckpointCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "checkpoint", abstract: "Sign a checkpoint of the ledger",
    discussion: "The key is that of the content server that opened the ledger.")

  @OptionGroup var writing: WritingOptions
  @OptionGroup var verbosity: VerbosityOptions

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The checkpoint; - is standard output.", valueName: "file"))
  var output: String?

  func run() throws {
    let diagnostics = verbosity.diagnostics(for: LedgerVerify.name)
    let output = try OutputFile(output, contents: .text)
    let author = try writing.author(diagnostics)
    let checkpoint = try writing.file.appending().checkpoint(
      signedWith: author.key, lockMilliseconds: writing.lockMilliseconds)
    try output.write(checkpoint.text)
    try output.finish()
  }
}

/// Prints the key that checkpoints are verified with.
struct KeyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "key", abstract: "Print the verifier key of the ledger's checkpoints")

  @OptionGroup var ledger: LedgerOptions

  @Option(
    name: .customLong("cosigner"),
    help: ArgumentHelp("Print the key of a party's cosignatures instead.", valueName: "party"))
  var cosigner: String?

  func run() throws {
    let log = try ledger.file.reading()
    if let cosigner {
      guard let key = try log.facts.party(cosigner)?.key else {
        throw UnreadableFile(
          path: try ledger.path, reason: "\(quoted(cosigner)) is not enrolled with a key")
      }
      return try StandardOutput().writeLine(VerifierKey(name: cosigner, cosigning: key).text)
    }
    guard let key = try log.opener().key else { return }
    try StandardOutput().writeLine(VerifierKey(name: "\(log.origin)", signing: key).text)
  }
}
