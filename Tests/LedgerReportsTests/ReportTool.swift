import _TestSupport

/// A folder with a small ledger, made by the tools, and a shell that knows them.
struct ReportTool {
  let folder = TemporaryFolder()

  /// The entries, as lines for the tool that appends.
  static let entries = [
    #"{"body":{"number":1,"party":"ds","role":"delivery-server"},"id":"e1","kind":"enrolled"}"#,
    #"{"body":{"number":1,"party":"alice","role":"user"},"id":"e2","kind":"enrolled"}"#,
    #"{"body":{"number":2,"party":"bob","role":"user"},"id":"e3","kind":"enrolled"}"#,
    #"{"body":{"artist":"水野 \"M\"","content":"t1","currency":"EUR","isrc":"JPZ012600042","prices":"#
      + #"{"purchase":1000},"tax-rate":1000,"title":"<script>&\"海の歌"},"id":"p1","#
      + #""kind":"published"}"#,
    #"{"body":{"content-server":"cs","contents":["t1"],"delivery-server":"ds","#
      + #""expires":"2027-01-01T00:00:00Z","order":"o1","use":"purchase","user":"alice"},"#
      + #""id":"or1","kind":"ordered"}"#,
    #"{"body":{"amount":2250,"currency":"EUR","lines":[{"content":"t1","net":2000,"#
      + #""purpose":"content","quantity":2,"tax":200,"unit":"purchase","unit-price":1000},"#
      + #"{"net":50,"purpose":"medium","quantity":1,"tax":0,"unit":"medium","unit-price":50}],"#
      + #""order":"o1","payee":"content-server:cs","payer":"user:alice"},"id":"b1","kind":"billed"}"#,
    #"{"body":{"amount":550,"currency":"EUR","lines":[{"content":"t1","net":500,"#
      + #""purpose":"content","quantity":1,"tax":50,"unit":"purchase","unit-price":500}],"#
      + #""payee":"content-server:cs","payer":"user:alice","reason":"late","reverses":"b1"},"#
      + #""id":"c1","kind":"billed"}"#,
    #"{"body":{"amount":700,"currency":"EUR","funds":"bank","payee":"content-server:cs","#
      + #""payer":"user:alice","splits":[{"amount":700,"bill":"b1","purpose":"content","tax":0}]},"#
      + #""id":"pay1","kind":"payment"}"#,
    #"{"body":{"amount":300,"currency":"JPY","lines":[{"content":"t1","net":300,"#
      + #""purpose":"content","quantity":1,"tax":0,"unit":"view","unit-price":300}],"#
      + #""payee":"content-server:cs","payer":"user:alice"},"id":"b2","kind":"billed"}"#,
  ]

  init() throws {
    try folder.write("lines", Array(Self.entries.joined(separator: "\n").utf8))
    let made = try run(
      """
      wm-keygen --signing --name cs -o cs.key
      _ledger-append --ledger ledger --as cs --signing-key cs.key --open ledger.example/t --silent lines
      """)
    guard made.status == 0 else { throw TestFailure(made.errors) }
  }

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
