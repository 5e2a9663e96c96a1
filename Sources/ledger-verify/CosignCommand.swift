import ArgumentParser
import CommandLineSupport
import Ledger
import LedgerCommandSupport
import Signing
import Trade
import TransparencyLog

/// Adds a cosignature to a checkpoint once the ledger was verified up to it.
struct CosignCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cosign", abstract: "Verify the ledger up to a checkpoint and cosign that",
    discussion: """
      Another party than the ledger's own states that it has seen this checkpoint, and that the \
      ledger then still had all of an older one.
      """)

  @OptionGroup var writing: WritingOptions
  @OptionGroup var keys: KeyOptions
  @OptionGroup var verbosity: VerbosityOptions

  @Option(
    help: ArgumentHelp(
      "The checkpoint cosigned before: all of it must still be there.", valueName: "file"))
  var since: String?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The cosigned checkpoint; - is standard output.", valueName: "file"))
  var output: String?

  @Argument(help: ArgumentHelp("The checkpoint.", valueName: "checkpoint"))
  var checkpoint = "-"

  func run() throws {
    let diagnostics = verbosity.diagnostics(for: LedgerVerify.name)
    let output = try OutputFile(output, contents: .text, inputs: [])
    let author = try writing.author(diagnostics)
    let new = try CheckpointFile(reading: checkpoint)
    let old = try since.map { try CheckpointFile(reading: $0) }
    let path = try writing.ledger.path
    do {
      let sizes = [new, old].compactMap { $0.map { Int64($0.signed.checkpoint.size) } }
      let verified = try LedgerVerifier(FileStorage(path, .reading)).verify(
        trusted: Int64(old?.signed.checkpoint.size ?? 0), sizes: Set(sizes))
      try verified.checkOpener(among: keys.verifierKeys)
      try old?.check(against: verified, keys.verifierKeys)
      try new.check(against: verified, keys.verifierKeys)
    } catch let fault as VerificationFault {
      try Finding(subject: path, isJSON: false, isQuiet: verbosity.quiet).fault(fault)
      throw ExitCode(1)
    }
    let cosigned = try new.signed.cosigned(
      by: author.key, named: "\(author.name)", at: Int(author.clock().seconds))
    try output.write(cosigned.text)
    try output.finish()
  }
}
