import ArgumentParser
import CommandLineSupport

/// The home server: stores parcels, hands them over or lets them be viewed, and erases them.
@main struct HsStore: Tool {
  static let configuration = CommandConfiguration(
    commandName: "hs-store",
    abstract: "Store parcels near the user, hand them over or play them, then erase and report",
    version: suiteVersion,
    subcommands: [PutCommand.self])
}
