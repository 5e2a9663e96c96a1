import Ledger
import Masters
import Testing
import _TestSupport

/// A folder with a content server `cs`, its ledger `l`, its store `store` and some recordings.
final class ContentServerShell {
  let folder = TemporaryFolder()
  /// What every title has.
  static let terms = "--currency JPY --tax 10% --price 300 --view 50 --medium 200"

  /// Makes keys and recordings and enrols the usual parties.
  init() throws {
    try folder.write("a.wav", Self.music)
    try folder.write("b.wav", Self.otherMusic)
    try expectSuccess(
      """
      for name in cs ds1 ds2 shop hs; do wm-keygen --signing -o $name.key; done
      wm-keygen -o studio.key
      ledger-enroll --open test.example/l
      ledger-enroll user alice
      ledger-enroll user mallory
      ledger-enroll delivery-server ds1 --key-file ds1.key
      ledger-enroll delivery-server ds2 --key-file ds2.key
      ledger-enroll shop shop --key-file shop.key
      ledger-enroll administrator admin
      ledger-enroll home-server hs --key-file hs.key --administrator admin
      """)
  }

  private static let music = SyntheticMusic(seconds: 3, seed: 1).wave
  private static let otherMusic = SyntheticMusic(seconds: 3, seed: 2).wave

  /// Runs lines of shell.
  func run(_ lines: String, seconds: Int = 120) throws -> Subprocess {
    let names = [
      "wm-keygen", "wm-embed", "ledger-enroll", "ledger-verify", "cs-publish", "cs-order",
      "_ledger-append",
    ]
    let tools = try names.map { "\($0)() { \(try BuiltTools.path($0)) \"$@\"; }" }
    return try Subprocess.shell(
      (tools + [lines]).joined(separator: "\n"),
      environment: [
        "SUKASHI_LEDGER": "l", "SUKASHI_AS": "cs", "SUKASHI_SIGNING_KEY": "cs.key",
        "SUKASHI_STORE": "store", "SUKASHI_KEY": "studio.key", "TERMS": Self.terms,
        "BIN": BuiltTools.path("cs-publish").dropLast("/cs-publish".count).description,
      ], folder: folder.path, seconds: seconds)
  }

  /// Runs lines that must say nothing on standard error, and returns what they print.
  @discardableResult
  func expectSuccess(
    _ lines: String, _ location: SourceLocation = #_sourceLocation
  ) throws -> String {
    let result = try run("set -e\n" + lines)
    #expect(
      result.status == 0 && result.errors.isEmpty, "\(result.errors)", sourceLocation: location)
    return result.text
  }

  /// Runs a line that must fail with status 2 and leave ledger and store as they were.
  ///
  /// - Returns: the first line on standard error, without the tool's name in front.
  @discardableResult
  func expectRefusal(
    _ lines: String, _ location: SourceLocation = #_sourceLocation
  ) throws -> String {
    let before = (try folder.read("l"), try stored())
    let result = try run(lines)
    #expect(result.status == 2, "\(result.errors)", sourceLocation: location)
    #expect(result.output.isEmpty, sourceLocation: location)
    let isUnchanged = try folder.read("l") == before.0 && stored() == before.1
    #expect(isUnchanged, "ledger or store were changed", sourceLocation: location)
    let line = result.errors.split(separator: "\n").first { !$0.contains(": warning: ") } ?? ""
    return String(line.drop { $0 != ":" }.dropFirst(2))
  }

  /// What is in all stores, but for the locks: hashes and names.
  func stored() throws -> String {
    try Subprocess.shell(
      "find . -path '*/masters/*' -type f ! -name '.*.lock' -exec sha256sum {} + | sort -k 2",
      folder: folder.path
    ).text
  }

  /// The entries of one type, oldest first.
  func entries<Body: EventBody>(_: Body.Type = Body.self) throws -> [Body] {
    var found: [Body] = []
    _ = try LedgerFile(folder.path("l")).scanning().run(
      take: { try $0.event().body as? Body }, gather: { found.append($0) })
    return found
  }

  /// Publishes `a.wav`, or another recording.
  func publish(
    _ content: String, _ file: String = "a.wav", _ location: SourceLocation = #_sourceLocation
  ) throws {
    try expectSuccess("cs-publish --content \(content) --title Song $TERMS \(file)", location)
  }

  /// The master of a title, read and found whole.
  func master(_ name: String, store: String = "store") throws -> Master {
    let master = try Master(path: folder.path("\(store)/masters/\(name)"))
    try master.verify()
    _ = try master.fingerprintKey()
    return master
  }
}
