import ArgumentParser
import LedgerReports

/// The book of one party, for hledger and beancount.
struct JournalCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "journal", abstract: "The book of a party, transaction by transaction")

  @OptionGroup var options: ReportOptions

  @Option(
    help: ArgumentHelp("Whose book.", valueName: "party"), transform: PartySelector.init)
  var book: PartySelector

  func run() throws {
    try options.report { source, output in
      try JournalReport(source, book: book, window: options.window).write(options.format, output)
    }
  }
}
