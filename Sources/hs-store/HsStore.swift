import ArgumentParser
import CommandLineSupport

/// The home server: stores parcels, hands them over or lets them be viewed, and erases them.
@main struct HsStore: Tool {
  static let configuration = CommandConfiguration(
    commandName: "hs-store",
    abstract: "Store parcels near the user, hand them over or play them, then erase and report",
    discussion: """
      Every command can be given twice: what is done already is left as it is, and what was \
      interrupted is finished.
      """,
    version: suiteVersion,
    subcommands: [
      PutCommand.self, PlayCommand.self, ServeCommand.self, ListCommand.self, SendCommand.self,
      FinishCommand.self,
      CollectCommand.self,
      FeeCommand.self,
    ])
}
