import ArgumentParser
import LedgerReports

/// What a party owes and pays.
struct StatementCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "statement", abstract: "What a party owes and pays, with a running balance")

  @OptionGroup var options: ReportOptions

  @Argument(help: "Whose statement.", transform: PartySelector.init)
  var party: PartySelector

  func validate() throws { try options.check(.text, .tsv, .ndjson) }

  func run() throws {
    try options.report { source, output in
      try StatementReport(source, of: party, window: options.window)
        .write(options.format, output)
    }
  }
}
