/// A small ledger for tests and for the examples of manual pages.
///
/// The content server `cs` has billed the user `alice`, reduced the bill, and was paid in part.
package enum ExampleLedger {
  /// The entries behind the first one, as lines for the tool that appends.
  package static let entries = [
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

  /// Makes the ledger in a folder, with the key file `cs.key` beside it.
  ///
  /// The test target must depend on `wm-keygen` and `_ledger-append`.
  ///
  /// - Throws: `TestFailure`.
  package static func make(_ name: String, in folder: TemporaryFolder) throws {
    let lines = try folder.write("\(name).lines", Array(entries.joined(separator: "\n").utf8))
    let (key, path) = (folder.path("cs.key"), folder.path(name))
    let keygen = try Subprocess.run(
      BuiltTools.path("wm-keygen"), ["--signing", "--name", "cs", "-o", key])
    if keygen.status != 0 { throw TestFailure(keygen.errors) }
    let append = try Subprocess.run(
      BuiltTools.path("_ledger-append"),
      [
        "--ledger", path, "--as", "cs", "--signing-key", key, "--open", "ledger.example/t",
        "--silent", lines,
      ])
    if append.status != 0 { throw TestFailure(append.errors) }
  }
}
