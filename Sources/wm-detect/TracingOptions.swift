import ArgumentParser
import CommandLineSupport
import Distribution
import Ledger
import LedgerCommandSupport

/// Which deliveries a copy may come from.
struct TracingOptions: ParsableArguments {
  @OptionGroup var ledger: LedgerOptions

  @Option(
    help: ArgumentHelp(
      "A folder with masters, to compare short copies with. (default: $SUKASHI_STORE)",
      valueName: "folder"), completion: .directory)
  var store: String?

  @Option(
    help: ArgumentHelp(
      "Ask only about this title; repeatable. Pictures need it where there is no ledger.",
      valueName: "title"))
  var content: [String] = []

  @Flag(help: "Read marks alone, although the environment names a ledger.") var noLedger = false

  func validate() throws {
    if noLedger, ledger.ledger != nil {
      throw ValidationError("--ledger and --no-ledger exclude each other")
    }
  }

  /// The ledger, nil where none is named.
  var ledgerFile: LedgerFile? {
    get throws {
      if noLedger || (ledger.ledger == nil && environment("SUKASHI_LEDGER") == nil) { return nil }
      return try ledger.file
    }
  }

  /// The titles in question.
  ///
  /// - Throws: what is wrong with their names.
  var titles: [Handle] { get throws { try content.map(Handle.init) } }

  /// The deliveries; nil where no ledger is named.
  ///
  /// - Throws: what reading the ledger throws.
  func trace(threshold: Double) throws -> LedgerTrace? {
    guard let file = try ledgerFile else { return nil }
    return try LedgerTrace(
      file, store: (store ?? environment("SUKASHI_STORE")).map(MasterStore.init),
      contents: titles, threshold: threshold)
  }
}
