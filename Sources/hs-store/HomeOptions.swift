import ArgumentParser
import CommandLineSupport
import HomeServer
import Ledger
import LedgerCommandSupport
import OutletCommandSupport
import Outlets

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
      folder.outlet, writing.file.appending(), author, lockMilliseconds: writing.lockMilliseconds)
  }

  /// Where listening is recorded.
  ///
  /// - Throws: what is wrong with the key or the ledger's name.
  func viewingLog() throws -> ViewingLog {
    ViewingLog(
      try writing.file, try writing.author(diagnostics), lockMilliseconds: writing.lockMilliseconds)
  }
}
