import ArgumentParser
import CommandLineSupport
import HomeServer
import Ledger
import LedgerCommandSupport
import Outlets

/// Which folder is the home server's.
struct StoreOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("This server's folder. (default: $SUKASHI_STORE)", valueName: "folder"))
  var store: String?

  /// The folder.
  ///
  /// - Throws: `MissingSetting`.
  var home: OutletStore {
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

/// What every command needs that writes into the ledger.
struct HomeOptions: ParsableArguments {
  @OptionGroup var folder: StoreOptions
  @OptionGroup(title: "Ledger") var writing: WritingOptions
  @OptionGroup var verbosity: VerbosityOptions

  /// The voice of the tool.
  var diagnostics: Diagnostics { verbosity.diagnostics(for: HsStore.name) }

  /// The home server, ready to work.
  ///
  /// - Throws: what is wrong with the folder, the key or the ledger.
  func books() throws -> HomeBooks {
    let author = try writing.author(diagnostics)
    return try HomeBooks(
      folder.home, writing.file.appending(), author, lockMilliseconds: writing.lockMilliseconds)
  }

  /// Where listening is recorded.
  ///
  /// - Throws: what is wrong with the key or the ledger's name.
  func viewingLog() throws -> ViewingLog {
    ViewingLog(
      try writing.file, try writing.author(diagnostics), lockMilliseconds: writing.lockMilliseconds)
  }
}
