import _TestSupport

/// A folder with a small ledger, made by the tools, and a shell that knows them.
struct ReportTool {
  let folder = TemporaryFolder()

  init() throws { try ExampleLedger.make("ledger", in: folder) }

  /// Runs lines of shell in the folder.
  func run(_ lines: String, environment: [String: String] = [:]) throws -> Subprocess {
    let functions = try ["wm-keygen", "_ledger-append", "ledger-report"].map {
      "\($0)() { \(try BuiltTools.path($0)) \"$@\"; }"
    }
    return try Subprocess.shell(
      (functions + [lines]).joined(separator: "\n"), environment: environment, folder: folder.path)
  }

  /// Runs a report on the ledger.
  func report(_ arguments: String) throws -> Subprocess {
    try run("ledger-report \(arguments)", environment: ["SUKASHI_LEDGER": "ledger"])
  }
}
