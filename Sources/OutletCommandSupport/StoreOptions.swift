package import ArgumentParser
import CommandLineSupport
import LedgerCommandSupport
package import Outlets

/// Which folder is the home server's or the shop's.
package struct StoreOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("This server's folder. (default: $SUKASHI_STORE)", valueName: "folder"))
  package var store: String?

  package init() {}

  /// The folder.
  ///
  /// - Throws: `MissingSetting`.
  package var outlet: OutletStore {
    get throws {
      let path = try setting(
        store, "SUKASHI_STORE", "no store is named",
        hint: "use --store FOLDER or set SUKASHI_STORE")
      guard FileStatus(path: path)?.isFolder == true else {
        throw MissingSetting(
          description: "the store \(quoted(path)) is not a folder", hint: "make it with mkdir")
      }
      return OutletStore(path)
    }
  }
}
