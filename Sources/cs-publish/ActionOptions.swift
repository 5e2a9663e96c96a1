import ArgumentParser

/// What else can be done with the catalogue.
struct ActionOptions: ParsableArguments {
  @Flag(help: "List the titles: terms, size of the master, and where it is placed.") var list =
    false

  @Flag(help: "With --list, print JSON, one object a line.") var json = false

  @Flag(help: "Offer the title no longer.") var withdraw = false

  @Option(help: ArgumentHelp("Why it is withdrawn.", valueName: "text")) var reason: String?

  @Option(
    help: ArgumentHelp(
      "Print the master of a title as a tar stream, which ds-deliver fetches with.",
      valueName: "handle"))
  var send: String?

  @Flag(help: "Read all masters and compare them with their hashes and the ledger.")
  var verify = false

  /// What is asked for.
  enum Action: String {
    case publish, list = "--list", withdraw = "--withdraw", send = "--send"
    case verify = "--verify"
  }

  /// What is asked for.
  var action: Action {
    if list { return .list }
    if withdraw { return .withdraw }
    if send != nil { return .send }
    return verify ? .verify : .publish
  }

  func validate() throws {
    let actions = [
      ("--list", list), ("--withdraw", withdraw), ("--send", send != nil), ("--verify", verify),
    ]
    .filter(\.1).map(\.0)
    if actions.count > 1 {
      throw ValidationError("\(actions[0]) and \(actions[1]) exclude each other")
    }
    if json, !list { throw ValidationError("--json goes with --list") }
    if reason != nil, !withdraw { throw ValidationError("--reason goes with --withdraw") }
  }
}
