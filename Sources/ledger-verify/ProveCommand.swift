import ArgumentParser
import CommandLineSupport
import Ledger
import LedgerCommandSupport
import Signing
import TransparencyLog

/// Writes the proof that an entry is in the ledger, or that a newer checkpoint has all of an older.
struct ProveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prove",
    abstract: "Prove that an entry is in the ledger, or that it has all of a checkpoint",
    discussion: """
      Without --checkpoint a new checkpoint is signed, which takes the key of the content server \
      that opened the ledger.
      """)

  @OptionGroup var writing: WritingOptions
  @OptionGroup var verbosity: VerbosityOptions

  @Option(help: ArgumentHelp("The checkpoint to prove it for.", valueName: "file"))
  var checkpoint: String?

  @Option(
    help: ArgumentHelp(
      "Prove that the checkpoint has all of this older one, instead of an entry.",
      valueName: "file"))
  var since: String?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The proof; - is standard output.", valueName: "file"))
  var output: String?

  @Argument(help: ArgumentHelp("The entry: its number or identifier.", valueName: "entry"))
  var entry: String?

  func validate() throws {
    if (entry == nil) == (since == nil) {
      throw ValidationError("name either an entry or an older checkpoint with --since")
    }
  }

  func run() throws {
    let diagnostics = verbosity.diagnostics(for: LedgerVerify.name)
    let output = try OutputFile(output, contents: .text)
    let held = try checkpoint.map { try CheckpointFile(reading: $0) }
    let old = try since.map { try CheckpointFile(reading: $0) }
    let log = try held == nil ? writing.file.appending() : writing.file.reading()
    do {
      let signed: SignedCheckpoint
      if let held {
        signed = held.signed
        try log.check(signed.checkpoint)
      } else {
        signed = try log.checkpoint(
          signedWith: writing.author(diagnostics).key, lockMilliseconds: writing.lockMilliseconds)
      }
      let size = Int64(signed.checkpoint.size)
      if let old {
        try log.check(old.signed.checkpoint)
        let older = Int64(old.signed.checkpoint.size)
        guard older <= size else {
          throw VerificationFault.shorter(entries: size, checkpoint: older)
        }
        let hashes = older == 0 ? [] : try log.consistencyProof(from: older, to: size)
        try output.write(ConsistencyText(old: older, hashes: hashes, checkpoint: signed).text)
      } else if let entry {
        let index = try log.number(of: entry)
        guard index < size else {
          throw VerificationFault.proof("entry \(index) is not among the \(size) of the checkpoint")
        }
        let proof = try TlogProof(
          index: Int(index), hashes: log.inclusionProof(of: index, size: size), checkpoint: signed)
        try output.write(proof.text)
      }
      try output.finish()
    } catch let fault as VerificationFault {
      try Finding(subject: writing.ledger.path, isJSON: false, isQuiet: verbosity.quiet)
        .fault(fault)
      throw ExitCode(1)
    }
  }
}

extension LedgerLog {
  /// The number of an entry, given by number or identifier.
  ///
  /// - Throws: `NoSuchEntry`.
  func number(of entry: String) throws -> Int64 {
    if let handle = try? Handle(entry), let found = try facts.entry(handle) { return found.index }
    guard let number = Int64(entry), (0..<coverage.count).contains(number) else {
      throw NoSuchEntry(entry: entry, count: coverage.count)
    }
    return number
  }
}

/// The ledger has no such entry.
struct NoSuchEntry: ExplainedError, Equatable {
  let entry: String
  let count: Int64

  var description: String { "there is no entry \(quoted(entry)) among the \(count) of the ledger" }
}
