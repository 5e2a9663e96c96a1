import Testing
import _TestSupport

/// A folder with keys `cs.key` and `w.key` and a ledger `l`, and a shell that knows the tools.
final class VerifyShell {
  static let origin = "ledger.example/t"
  let folder = TemporaryFolder()

  /// Makes the keys, and a ledger of the content server `cs` with the example's entries.
  init() throws {
    for name in ["cs", "w"] {
      try expect(0, "wm-keygen --signing --name \(name) -o \(name).key")
    }
    try makeLedger("l")
  }

  /// Makes a ledger under another name, of other entries or none.
  func makeLedger(_ name: String, _ entries: [String] = ExampleLedger.entries) throws {
    try folder.write("lines", entries.map { $0 + "\n" }.joined().utf8)
    try expect(
      0,
      "_ledger-append --ledger \(name) --open \(Self.origin) --batch 1000 --silent lines")
  }

  /// Appends entries to the ledger `l`.
  func append(_ entries: [String]) throws {
    try folder.write("lines", entries.map { $0 + "\n" }.joined().utf8)
    try expect(0, "_ledger-append --batch 1000 --silent lines")
  }

  /// Runs lines of shell.
  func run(_ lines: String, seconds: Int = 60) throws -> Subprocess {
    let tools = try ["wm-keygen", "ledger-enroll", "ledger-verify", "_ledger-append"].map {
      "\($0)() { \(try BuiltTools.path($0)) \"$@\"; }"
    }
    return try Subprocess.shell(
      (tools + [lines]).joined(separator: "\n"),
      environment: ["SUKASHI_LEDGER": "l", "SUKASHI_SIGNING_KEY": "cs.key"], folder: folder.path,
      seconds: seconds)
  }

  /// Runs lines of shell and checks the status of the last one.
  ///
  /// - Parameters:
  ///   - status: the status.
  ///   - lines: the lines.
  ///   - says: what must be a part of standard output, for status 2 of standard error.
  ///   - location: what a failure is ascribed to.
  /// - Returns: standard output.
  /// - Throws: `TestFailure`.
  @discardableResult
  func expect(
    _ status: Int, _ lines: String, _ says: String = "",
    _ location: SourceLocation = #_sourceLocation
  ) throws -> String {
    let ended = try run(lines)
    let told = "\(lines)\n\(ended.text)\(ended.errors)"
    #expect(ended.status == status, "\(told)", sourceLocation: location)
    #expect(ended.errors.isEmpty == (status != 2), "\(told)", sourceLocation: location)
    if status == 2 { #expect(ended.output.isEmpty, "\(told)", sourceLocation: location) }
    if !says.isEmpty {
      let text = status == 2 ? ended.errors : ended.text
      #expect(text.contains(says), "\(told)", sourceLocation: location)
    }
    return ended.text
  }

  /// The text of a file.
  func text(_ name: String) throws -> String {
    String(decoding: try folder.read(name), as: UTF8.self)
  }

  /// The lines of the ledger `l`.
  var lines: [String] { get throws { try text("l").split(separator: "\n").map(String.init) } }

  /// Writes the ledger `l` anew, of the same lines or others.
  func write(_ lines: [String]) throws {
    try folder.write("l", lines.map { $0 + "\n" }.joined().utf8)
  }
}

extension ExampleLedger {
  /// Entries that tell another story: the bill is lower.
  static let otherEntries = entries.map { line in
    line.replacing(#""amount":2250"#, with: #""amount":2200"#)
      .replacing(
        #",{"net":50,"purpose":"medium","quantity":1,"tax":0,"unit":"medium","unit-price":50}"#,
        with: "")
  }
}
