import ArgumentParser
import CommandLineSupport
import Ledger
import LedgerCommandSupport
import OutletCommandSupport
import Outlets
import Trade

/// What every use needs that writes into the ledger.
struct ShopOptions: ParsableArguments {
  @OptionGroup var folder: StoreOptions
  @OptionGroup(title: "Ledger") var writing: WritingOptions
  @OptionGroup var verbosity: VerbosityOptions

  /// The voice of the tool.
  var diagnostics: Diagnostics { verbosity.diagnostics(for: ShopBurn.name) }

  /// The shop, ready to work.
  ///
  /// - Throws: what is wrong with the folder, the key or the ledger.
  func books() throws -> OutletBooks {
    let author = try writing.author(diagnostics)
    return try OutletBooks(
      folder.outlet, writing.file.appending(), author, as: .shop,
      lockMilliseconds: writing.lockMilliseconds)
  }
}
