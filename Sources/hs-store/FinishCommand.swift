import ArgumentParser
import CommandLineSupport
import HomeServer
import Ledger

/// Ends the viewing of an order (signal 18).
struct FinishCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "finish", abstract: "End a viewing: erase the copies, report and bill")

  @Argument(help: ArgumentHelp("The order.", valueName: "order")) var order: String

  @OptionGroup var home: HomeOptions

  func run() throws { try Housekeeping(home.books()).finish(Handle(order)) }
}
