import ArgumentParser
import Ledger
import LedgerReports
import MarkKeys
import Trade

/// What was marked for whom, and what became of it.
struct DeliveriesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "deliveries", abstract: "The copies that were marked, and what became of them")

  @OptionGroup var options: ReportOptions

  @Option(
    help: ArgumentHelp("Only copies for a user.", valueName: "name"), transform: PartyName.init)
  var user: PartyName?

  @Option(
    help: ArgumentHelp("Only copies of a title.", valueName: "content"), transform: Handle.init)
  var content: Handle?

  @Option(
    help: ArgumentHelp("Only copies of an order.", valueName: "order"), transform: Handle.init)
  var order: Handle?

  @Option(help: ArgumentHelp("Only copies with a serial.", valueName: "number"))
  var serial: Int64?

  @Option(
    help: ArgumentHelp(
      "Only copies with a message, which wm-detect reads from a mark.", valueName: "hex"),
    transform: Message.init(hexadecimal:))
  var message: Message?

  @Option(
    help: ArgumentHelp("Only copies in which a party had a part.", valueName: "party"),
    transform: PartySelector.init)
  var party: PartySelector?

  func validate() throws {
    try options.check(.text, .tsv, .ndjson)
    if let serial, !(0...0xFFFF_FFFF ~= serial) {
      throw ValidationError("--serial '\(serial)' is outside 0...4294967295")
    }
  }

  func run() throws {
    try options.report { source, output in
      let filter = DeliveryReport.Filter(
        user: user, content: content, order: order, serial: serial, message: message, party: party)
      try DeliveryReport(source, filter, window: options.window).write(options.format, output)
    }
  }
}
