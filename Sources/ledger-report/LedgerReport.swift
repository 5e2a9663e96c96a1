import ArgumentParser
import CommandLineSupport

/// Reports on the ledger: accounts, bills, deliveries and sales.
@main struct LedgerReport: Tool {
  static let configuration = CommandConfiguration(
    commandName: "ledger-report",
    abstract: "Report on accounts, bills, deliveries and sales",
    discussion: """
      No lock is taken. Every report ends with the size and root of the tree it was computed from.
      """,
    version: suiteVersion,
    subcommands: [
      BalancesCommand.self, JournalCommand.self, InvoiceCommand.self, StatementCommand.self,
      DeliveriesCommand.self, SalesCommand.self,
    ])

  func run() throws {
    let names = Self.configuration.subcommands.map { $0._commandName }.joined(separator: ", ")
    throw ValidationError("no report is named; there are \(names)")
  }
}
