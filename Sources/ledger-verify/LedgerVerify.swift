import ArgumentParser
import CommandLineSupport

/// Checks ledgers, checkpoints and proofs, and makes checkpoints and proofs.
@main struct LedgerVerify: Tool {
  static let configuration = CommandConfiguration(
    commandName: "ledger-verify",
    abstract: "Check a ledger, a checkpoint or a proof; issue checkpoints and proofs",
    discussion: """
      Without a subcommand the whole ledger is verified. The exit status is 0 when all is well, \
      1 when something is wrong with what was checked, 2 when it could not be checked.
      """,
    version: suiteVersion,
    subcommands: [
      VerifyCommand.self, CheckpointCommand.self, CosignCommand.self, ProveCommand.self,
      CheckCommand.self, KeyCommand.self,
    ],
    defaultSubcommand: VerifyCommand.self)
}
