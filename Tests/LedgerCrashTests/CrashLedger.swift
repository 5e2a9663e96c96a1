import Glibc
import _TestSupport

/// A ledger of the tools in a folder of its own, which can be put back to how it was.
struct CrashLedger {
  let folder = TemporaryFolder()
  /// The ledger's path.
  let path: String
  private let key: String
  private let keyText: [UInt8]

  /// Makes a ledger whose first entries are the opening and a user.
  init() throws {
    path = folder.path("ledger")
    key = folder.path("key")
    _ = try Self.succeeded(
      Subprocess.run(
        BuiltTools.path("wm-keygen"), ["--signing", "--name", "cs", "--output", key, "--quiet"]))
    keyText = try folder.read("key")
    _ = try Self.succeeded(
      append(
        [#"{"body":{"number":1,"party":"u1","role":"user"},"id":"u1","kind":"enrolled"}"#],
        options: ["--open", "cs.example/crash"]))
  }

  /// Makes a ledger of a number of entries.
  ///
  /// - Parameters:
  ///   - count: how many, at least 2.
  ///   - indexed: how many of them are appended with an index; a multiple of 256, or 0 for none.
  /// - Throws: `TestFailure`.
  init(entries count: Int, indexed: Int = 0) throws {
    try self.init()
    if indexed > 0 { try fill(2..<indexed) }
    try fill(max(2, indexed)..<count)
    if indexed == 0 { removeIndex() }
  }

  private func fill(_ numbers: Range<Int>) throws {
    _ = try Self.succeeded(
      append(numbers.map { Self.report("filled-\($0)") }, options: ["--batch", "1000"]))
  }

  private static func succeeded(_ ended: Subprocess) throws -> Subprocess {
    guard ended.status == 0 else { throw TestFailure("\(ended.status): \(ended.errors)") }
    return ended
  }

  /// A line of input: a report under an identifier.
  static func report(_ id: String) -> String {
    #"{"body":{"content":"c","content-server":"cs","currency":"JPY","fee":100,"#
      + #""matter":"delivery","order":"o-\#(id)","user":"u1"},"id":"\#(id)","kind":"reported"}"#
  }

  /// The words of the command that appends standard input.
  func command(_ options: [String] = []) throws -> [String] {
    try [BuiltTools.path("_ledger-append"), "--ledger", path, "--signing-key", key] + options
  }

  /// Appends lines of input.
  ///
  /// - Parameters:
  ///   - lines: without their ends.
  ///   - options: further options.
  ///   - under: words of a command that runs the tool.
  ///   - seconds: when it is killed.
  /// - Returns: the ended tool.
  /// - Throws: `TestFailure`.
  func append(
    _ lines: [String], options: [String] = [], under: [String] = [], seconds: Int = 60
  ) throws -> Subprocess {
    let words = try under + command(options)
    return try Subprocess.run(
      words[0], Array(words.dropFirst()), input: Array(lines.map { $0 + "\n" }.joined().utf8),
      folder: folder.path, seconds: seconds)
  }

  /// Verifies the ledger and its index.
  func verify() throws -> Subprocess {
    try Subprocess.run(BuiltTools.path("ledger-verify"), ["--ledger", path])
  }

  /// The lines of the ledger.
  func lines() throws -> [String] {
    String(decoding: try folder.read("ledger"), as: UTF8.self).split(separator: "\n")
      .map(String.init)
  }

  /// The numbers of the lines with an identifier.
  func places(of id: String) throws -> [Int] {
    try lines().enumerated().filter { $0.element.contains(#","id":"\#(id)","#) }.map(\.offset)
  }

  /// Writes the key once more, into a folder that was put over this one.
  func restoreKey() throws { try folder.write("key", keyText) }

  func removeIndex() {
    for name in ["ledger.index", "ledger.index-journal"] { remove(folder.path(name)) }
  }

  /// The files of a ledger.
  struct State {
    fileprivate let files: [String: [UInt8]]
  }

  private static let names = ["ledger", "ledger.lock", "ledger.index", "ledger.index-journal"]

  /// The files as they are now.
  func state() throws -> State {
    let there = folder.entries.filter(Self.names.contains)
    return State(
      files: try Dictionary(uniqueKeysWithValues: there.map { ($0, try folder.read($0)) }))
  }

  /// Puts the files back.
  func restore(_ state: State) throws {
    for name in Self.names {
      if let bytes = state.files[name] {
        try folder.write(name, bytes)
      } else {
        remove(folder.path(name))
      }
    }
  }
}
