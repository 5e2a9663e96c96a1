import ArgumentParser
import CommandLineSupport
import Ledger
import LedgerCommandSupport
import Signing
import TransparencyLog

/// Verifies a whole ledger.
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ledger", abstract: "Verify a whole ledger (default)")

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var keys: KeyOptions
  @OptionGroup var verbosity: VerbosityOptions

  @Option(
    help: ArgumentHelp(
      "A checkpoint that was kept: the ledger must still have all of it. May be repeated.",
      valueName: "file"))
  var checkpoint: [String] = []

  @Option(
    help: ArgumentHelp(
      "A checkpoint up to which the ledger was verified before: signatures and rules are checked "
        + "behind it only.", valueName: "file"))
  var since: String?

  @Flag(help: "Leave the index out.")
  var noIndex = false

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let diagnostics = verbosity.diagnostics(for: LedgerVerify.name)
    let path = try ledger.path
    let finding = Finding(subject: path, isJSON: json, isQuiet: verbosity.quiet)
    let since = try since.map { try CheckpointFile(reading: $0) }
    let held = try checkpoint.map { try CheckpointFile(reading: $0) } + [since].compactMap { $0 }
    do {
      let storage = try FileStorage(path, .reading)
      let audit = noIndex || since != nil ? nil : try IndexAudit(of: LedgerFile(path))
      var progress = Progress(
        "verifying", total: Double(try storage.size()), diagnostics: diagnostics)
      let verified = try LedgerVerifier(storage, audit: audit).verify(
        trusted: Int64(since?.signed.checkpoint.size ?? 0),
        sizes: Set(held.map { Int64($0.signed.checkpoint.size) })
      ) { progress.update(Double($0), "\($0 >> 20) MiB") }
      progress.finish()
      try verified.checkOpener(among: keys.verifierKeys)
      for checkpoint in held { try checkpoint.check(against: verified, keys.verifierKeys) }
      report(verified, diagnostics)
      try finding.verified(verified)
    } catch let fault as VerificationFault {
      try finding.fault(fault)
      throw ExitCode(1)
    }
  }

  private func report(_ verified: LedgerVerifier.Verified, _ diagnostics: Diagnostics) {
    if verified.tornBytes > 0 {
      diagnostics.warning(
        "line \(verified.head.size + 1) is cut short after \(verified.tornBytes) bytes: it was "
          + "being written when its writer died",
        hint: "the next append removes it")
    }
    if let first = verified.backwardClocks.first {
      diagnostics.warning(
        "the clock goes backwards at entry \(first)"
          + (verified.backwardClocks.count > 1
            ? " and \(verified.backwardClocks.count - 1) more" : ""))
    }
  }
}
