import ArgumentParser

/// What a shop's customers pay besides.
struct MediumOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The price of the medium a shop writes on.", valueName: "decimal"))
  var medium: String?

  /// The options that are given.
  var given: [String] { medium == nil ? [] : ["--medium"] }
}
