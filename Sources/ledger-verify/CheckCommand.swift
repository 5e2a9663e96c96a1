import ArgumentParser
import CommandLineSupport
import Ledger
import LedgerCommandSupport
import Signing
import TransparencyLog

/// Checks a proof without the ledger's help.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check a proof",
    discussion: """
      The keys come from --key, or from the ledger where there is one. The entry of an inclusion \
      proof comes from --entry, or from the ledger.
      """)

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var keys: KeyOptions
  @OptionGroup var verbosity: VerbosityOptions

  @Option(help: ArgumentHelp("A file with the line of the entry.", valueName: "file"))
  var entry: String?

  @Option(
    help: ArgumentHelp("The older checkpoint of a consistency proof.", valueName: "file"))
  var since: String?

  @Flag(help: "Print JSON.")
  var json = false

  @Argument(help: ArgumentHelp("The proof.", valueName: "proof"))
  var proof = "-"

  func run() throws {
    let finding = Finding(
      subject: proof == "-" ? "standard input" : proof, isJSON: json, isQuiet: verbosity.quiet)
    do {
      let bytes = try readAll(proof)
      if bytes.starts(with: ConsistencyText.firstWord.utf8) {
        try checkConsistency(bytes, finding)
      } else {
        try checkInclusion(bytes, finding)
      }
    } catch let fault as VerificationFault {
      try finding.fault(fault)
      throw ExitCode(1)
    }
  }

  /// Does what says no with a `LogFault`.
  private func answering<Result>(_ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let error as any LogFault {
      throw VerificationFault.proof(error.description)
    }
  }

  /// Parses a proof.
  ///
  /// - Throws: `UnreadableFile` for text that is none.
  private func parsing<Proof>(_ body: () throws -> Proof) throws -> Proof {
    do { return try body() } catch let error as any LogFault {
      throw UnreadableFile(path: proof, reason: error.description)
    }
  }

  /// The ledger, where one is named; the keys alone are enough.
  private func openLedger() throws -> LedgerLog? {
    guard ledger.ledger != nil || environment("SUKASHI_LEDGER") != nil else { return nil }
    return try ledger.file.reading()
  }

  private func trustedKeys(_ log: LedgerLog?) throws -> [VerifierKey] {
    let given = try keys.verifierKeys
    if !given.isEmpty { return given }
    guard let key = try log?.opener().key, let log else {
      throw MissingSetting(
        description: "no key is named", hint: "use --key KEY, or --ledger FILE to take its key")
    }
    return [try VerifierKey(name: "\(log.origin)", signing: key)]
  }

  private func checkInclusion(_ bytes: [UInt8], _ finding: Finding) throws {
    let parsed = try parsing { try TlogProof(parsing: bytes) }
    let log = try entry == nil || keys.keys.isEmpty ? openLedger() : nil
    var line: [UInt8]
    if let entry {
      line = try readAll(entry)
      if line.last == UInt8(ascii: "\n") { line.removeLast() }
    } else if let log {
      guard let found = try log.line(of: Int64(parsed.index)) else {
        throw VerificationFault.shorter(
          entries: log.coverage.count, checkpoint: Int64(parsed.index) + 1)
      }
      line = found
    } else {
      throw MissingSetting(
        description: "no entry is named", hint: "use --entry FILE, or --ledger FILE")
    }
    let keys = try trustedKeys(log)
    let signers = try answering {
      try line.withUnsafeBytes { try parsed.verify(leaf: $0, keys: keys) }
    }
    try signers.check(keys, finding.subject)
    let checkpoint = parsed.checkpoint.checkpoint
    try finding.say(
      [
        "type": "included", "file": .string(finding.subject),
        "origin": .string(checkpoint.origin), "entry": .integer(Int64(parsed.index)),
        "entries": .integer(Int64(checkpoint.size)), "root": .string(checkpoint.root.base64),
        "signers": .array(signers.signers.map { .string($0) }),
        "cosigners": .array(
          signers.cosigners.map {
            ["name": .string($0.name), "time": .integer(Int64($0.time))]
          }),
      ],
      "included entry=\(parsed.index) entries=\(checkpoint.size) root=\(checkpoint.root.base64) "
        + "origin=\(checkpoint.origin)" + Self.words(signers))
  }

  private func checkConsistency(_ bytes: [UInt8], _ finding: Finding) throws {
    let parsed = try parsing { try ConsistencyText(parsing: bytes) }
    guard let since else {
      throw MissingSetting(
        description: "no older checkpoint is named", hint: "use --since FILE")
    }
    let old = try CheckpointFile(reading: since)
    let keys = try trustedKeys(openLedger())
    try old.signers(among: keys)
    let signers = try answering { try parsed.checkpoint.signers(among: keys) }
    try signers.check(keys, finding.subject)
    let checkpoint = parsed.checkpoint.checkpoint
    guard old.signed.checkpoint.origin == checkpoint.origin else {
      throw VerificationFault.proof("the checkpoints are of two ledgers")
    }
    guard Int64(old.signed.checkpoint.size) == parsed.old else {
      throw VerificationFault.proof(
        "the proof is for a tree of \(parsed.old) entries, not \(old.signed.checkpoint.size)")
    }
    // Nothing is a beginning of everything, and has no proof.
    if parsed.old > 0 || !parsed.hashes.isEmpty {
      try answering {
        try MerkleProofs.verifyConsistency(
          from: old.signed.checkpoint.head, to: checkpoint.head, proof: parsed.hashes)
      }
    }
    try finding.say(
      [
        "type": "consistent", "file": .string(finding.subject),
        "origin": .string(checkpoint.origin), "old_entries": .integer(parsed.old),
        "entries": .integer(Int64(checkpoint.size)), "root": .string(checkpoint.root.base64),
      ],
      "consistent old=\(parsed.old) entries=\(checkpoint.size) root=\(checkpoint.root.base64) "
        + "origin=\(checkpoint.origin)" + Self.words(signers))
  }

  private static func words(_ signers: SignedCheckpoint.Signers) -> String {
    if signers.cosigners.isEmpty { return "" }
    return " cosigners=" + signers.cosigners.map { "\($0.name)@\($0.time)" }.joined(separator: ",")
  }
}
