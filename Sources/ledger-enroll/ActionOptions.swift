import ArgumentParser
import LedgerCommandSupport
import Trade

/// What is done instead of enrolling one party.
struct ActionOptions: ParsableArguments {
  /// What the tool does; the raw value stands in messages.
  enum Action: String {
    case enrol = "a party to enrol"
    case open = "--open"
    case rekey = "--rekey"
    case revoke = "--revoke"
    case batch = "--batch"
    case list = "--list"
  }

  @Option(
    help: ArgumentHelp(
      "Make the ledger, under this name, and enrol the content server that writes.",
      valueName: "origin"))
  var open: String?

  @Option(help: ArgumentHelp("Give a party another key.", valueName: "party")) var rekey: String?

  @Option(help: ArgumentHelp("Revoke a party's key.", valueName: "party")) var revoke: String?

  @Option(help: ArgumentHelp("Why the key is revoked.", valueName: "text")) var reason: String?

  @Option(
    help: ArgumentHelp(
      "Enrol the parties of a file's lines KIND, NAME, NUMBER and KEY, parted by tabs.",
      valueName: "file"))
  var batch: String?

  @Flag(help: "Print the parties: name, kind, number, key, state and administrator.")
  var list = false

  @Option(
    name: .customLong("kind"),
    help: ArgumentHelp("Print those of one kind only.", valueName: "kind"))
  var ofKind: PartyKind?

  @Flag(help: "Print name, kind and number of what is enrolled.") var show = false

  /// What is to be done.
  ///
  /// - Throws: `ValidationError` when it is more than one thing.
  var action: Action {
    get throws {
      let given = [
        (Action.open, open != nil), (.rekey, rekey != nil), (.revoke, revoke != nil),
        (.batch, batch != nil), (.list, list),
      ].filter(\.1).map(\.0)
      if given.count > 1 {
        throw ValidationError("\(given[0].rawValue) and \(given[1].rawValue) exclude each other")
      }
      return given.first ?? .enrol
    }
  }
}
