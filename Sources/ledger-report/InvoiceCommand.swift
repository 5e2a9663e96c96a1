import ArgumentParser
import Ledger
import LedgerReports

/// What a party has to pay, fit to be sent.
struct InvoiceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "invoice", abstract: "The bills that a party has to pay")

  @OptionGroup var options: ReportOptions

  @Flag(help: "Show bills that are paid, too.")
  var all = false

  @Option(
    help: ArgumentHelp("Show this bill, paid or not.", valueName: "id"), transform: Handle.init)
  var bill: Handle?

  @Flag(help: "Write one page of HTML, to be read or printed.")
  var html = false

  @Argument(help: "Who has to pay.", transform: PartySelector.init)
  var party: PartySelector

  func validate() throws {
    try options.check(.text, .tsv, .ndjson)
    if all, bill != nil { throw ValidationError("--all and --bill exclude each other") }
    if html, options.format != .text {
      throw ValidationError("--html and --format exclude each other")
    }
  }

  func run() throws {
    try options.report { source, output in
      let choice: Invoice.Choice = bill.map { .one($0) } ?? (all ? .all : .open)
      let invoice = try Invoice(source, for: party, choice, window: options.window)
      switch options.format {
      case .text where html: try invoice.writePage(output)
      case .text: try invoice.writeText(output)
      default: try invoice.writeRecords(options.format, output)
      }
    }
  }
}
