import ArgumentParser
import CommandLineSupport
import Distribution
import HomeServer
import Ledger
import Outlets

/// Stores a parcel (signal 12).
struct PutCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "put",
    abstract: "Verify a parcel, store it encrypted, and record that it is stored",
    discussion: """
      A parcel is stored whole or not at all. One that is held already is left as it is.
      """)

  @Argument(help: ArgumentHelp("The parcel; - is standard input.", valueName: "parcel"))
  var parcel: String = "-"

  @OptionGroup var home: HomeOptions

  func run() throws {
    let books = try home.books()
    let holding = try ParcelIntake(books.outlet).store(.reading(parcel)) {
      try books.recordStored($0)
    }
    home.diagnostics.note(
      "\(quoted("\(holding.order.ordered.order)")): \(holding.items.count) copies are held")
  }
}
