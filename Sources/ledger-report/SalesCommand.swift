import ArgumentParser
import LedgerReports

/// What was sold.
struct SalesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sales", abstract: "What was sold, a row for each line of a bill")

  @OptionGroup var options: ReportOptions

  @Option(
    help: ArgumentHelp("Only bills with a party as payer, payee or user.", valueName: "party"),
    transform: PartySelector.init)
  var party: PartySelector?

  @Option(
    help: ArgumentHelp(
      "The country of the sales, which the ledger does not know.", valueName: "code"),
    transform: Territory.init)
  var territory: Territory?

  func validate() throws { try options.check(.text, .tsv, .ndjson) }

  func run() throws {
    try options.report { source, output in
      try SalesReport(source, party: party, territory: territory, window: options.window)
        .write(options.format, output)
    }
  }
}
