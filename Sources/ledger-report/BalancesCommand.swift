import ArgumentParser
import LedgerReports

/// What the accounts hold.
struct BalancesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "balances", abstract: "What the accounts of all books hold")

  @OptionGroup var options: ReportOptions

  @Option(
    help: ArgumentHelp("Whose book; all books by default.", valueName: "party"),
    transform: PartySelector.init)
  var book: PartySelector?

  @Option(
    help: ArgumentHelp("Only accounts named after a party.", valueName: "party"),
    transform: PartySelector.init)
  var party: PartySelector?

  func validate() throws { try options.check(.text, .tsv, .ndjson) }

  func run() throws {
    try options.report { source, output in
      try BalanceReport(source, book: book, party: party, window: options.window)
        .write(options.format, output)
    }
  }
}
