import ArgumentParser

/// What is done with orders that are known already.
struct OrderOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Write the disc of a parcel that is kept.", valueName: "order"))
  var retry: String?

  @Option(help: ArgumentHelp("Record that the user has the disc.", valueName: "order"))
  var collected: String?

  @Option(help: ArgumentHelp("Record that the disc was posted.", valueName: "order"))
  var posted: String?

  @Option(help: ArgumentHelp("The number the carrier gave.", valueName: "number"))
  var tracking: String?

  @Flag(help: "Show the parcels that are kept, and media that were lost.") var list = false

  @Flag(help: "Print one JSON object for each parcel.") var json = false

  @Flag(help: "Erase what has expired, finish what was interrupted; for cron.") var gc = false

  /// What is asked for, of which there may be one.
  var acts: [String] {
    let all: [(String, Bool)] = [
      ("--retry", retry != nil), ("--collected", collected != nil), ("--posted", posted != nil),
      ("--list", list), ("--gc", gc),
    ]
    return all.filter(\.1).map(\.0)
  }
}
