import ArgumentParser
import CommandLineSupport
import Distribution
import Ledger
import Masters
import Trade

/// Where masters are placed.
struct PlacingOptions: ParsableArguments {
  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "Copy the master to a delivery server: to the store in a folder, or by --place-command;"
        + " may be repeated.", valueName: "server[=folder]"))
  var place: [String] = []

  @Option(
    help: ArgumentHelp(
      "The line of shell that takes {master}, the folder, to {server}; {name} is what it is called"
        + " in a store, {content} the title.", valueName: "line"))
  var placeCommand: String?

  /// The options that are given.
  var given: [String] {
    [("--place", !place.isEmpty), ("--place-command", placeCommand != nil)].filter(\.1).map(\.0)
  }

  func validate() throws {
    if placeCommand != nil, place.isEmpty {
      throw ValidationError("--place-command needs --place SERVER")
    }
    for place in place where !place.contains("=") && placeCommand == nil {
      throw ValidationError("--place \(quoted(place)) needs a folder or --place-command")
    }
  }

  /// Where to place.
  ///
  /// - Throws: `PartyError` or `PlacingFault`.
  func targets() throws -> [Target] {
    let command = try placeCommand.map { try PlacingCommand($0) }
    return try place.map { text in
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let server = try PartyName(String(parts[0]))
      if parts.count == 2 { return Target(server: server, way: .folder(String(parts[1]))) }
      guard let command else { throw PlacingFault.noWay(server) }
      return Target(server: server, way: .command(command))
    }
  }

  /// A delivery server, and how a master gets there.
  struct Target {
    enum Way {
      case folder(String)
      case command(PlacingCommand)
    }

    let server: PartyName
    let way: Way

    /// Takes a master there.
    func place(_ master: MasterFiles, of content: Handle) throws {
      switch way {
      case .folder(let path):
        try MasterCopy.copy(master, of: content, to: MasterStore(path))
      case .command(let command):
        try command.run([
          .master: master.path, .name: MasterStore.name(content), .content: "\(content)",
          .server: "\(server)",
        ])
      }
    }
  }
}
