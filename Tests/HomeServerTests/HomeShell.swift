import AudioStreams
import CommandLineSupport
import HomeServer
import Ledger
import MarkKeys
import Outlets
import Signing
import Testing
import Trade
import _TestSupport

/// A content server `cs`, a delivery server `ds` that holds its titles, the home server `home` of the
/// administrator `admin` with the folder `house`, and a shell in which each acts by its tools.
final class HomeShell {
  let folder = TemporaryFolder()

  /// Makes keys, ledger, parties, and the titles `t1` and `t2` of generated music.
  init(seconds: Double = 3) throws {
    for (title, seed) in [("t1", UInt64(5)), ("t2", 8)] {
      let writer = try AudioWriter(
        to: OutputFile(folder.path("\(title).source.wav"), contents: .binary),
        format: AudioFormat(sampleRate: 44100, channelCount: 2, container: .wav, encoding: .int16))
      try SyntheticMusic(seconds: seconds, seed: seed).samples.withUnsafeBufferPointer {
        try writer.write($0)
      }
      try writer.finish()
    }
    try expectSuccess(
      """
      wm-keygen -o studio.key
      for name in cs ds ds-2 home home-2; do wm-keygen --signing -o $name.key; done
      cs enroll --open test.example/l
      cs enroll user alice
      cs enroll administrator admin
      cs enroll building-manager manager
      cs enroll delivery-server ds --key-file ds.key
      cs enroll delivery-server ds-2 --key-file ds-2.key
      cs enroll home-server home --key-file home.key --administrator admin
      cs enroll home-server home-2 --key-file home-2.key
      mkdir cache house house-2
      for title in t1 t2; do
        cs publish --content $title --title "Song $title" --currency JPY --tax 10% --price 100 \
          --view 20 --day 7 --minute 3 --place ds=cache $title.source.wav
      done
      """)
  }

  private static let tools = [
    "wm-keygen", "wm-detect", "ledger-enroll", "ledger-pay", "ledger-verify", "cs-publish",
    "cs-order", "ds-deliver", "hs-store",
  ]

  /// Lines in front of every script: `cs TOOL`, `order`, `ds`, `hs`, `hs2` and `detect`.
  private static func prologue() throws -> String {
    var lines = ["export SUKASHI_LEDGER=l"]
    for tool in tools {
      lines.append("\(tool)() { \(try BuiltTools.path(tool)) \"$@\"; }")
    }
    return lines.joined(separator: "\n") + #"""

      as() {
        SUKASHI_AS=$1 SUKASHI_SIGNING_KEY=$1.key SUKASHI_STORE=$2 SUKASHI_KEY=studio.key \
          "$3" "${@:4}"
      }
      cs() {
        case $1 in
        publish) as cs catalogue cs-publish "${@:2}" ;;
        enroll) as cs catalogue ledger-enroll "${@:2}" ;;
        pay) as cs catalogue ledger-pay "${@:2}" ;;
        esac
      }
      order() { as cs catalogue cs-order --user alice --server ds "$@"; }
      ds() { as ds cache ds-deliver "$@"; }
      hs() { as home house hs-store "$@"; }
      hs2() { as home-2 house-2 hs-store "$@"; }
      detect() { wm-detect --key studio.key "$@"; }
      parcel() { order --home home --id "$@" | ds -f wav; }

      """#
  }

  /// Runs lines of bash.
  func run(_ lines: String, seconds: Int = 120) throws -> Subprocess {
    let path = try folder.write(
      "script", Array((Self.prologue() + "set -o pipefail\n" + lines + "\n").utf8))
    return try Subprocess.run("bash", [path], folder: folder.path, seconds: seconds)
  }

  /// Runs lines that must succeed in silence.
  @discardableResult
  func expectSuccess(_ lines: String, _ location: SourceLocation = #_sourceLocation) throws
    -> Subprocess
  {
    let result = try run("set -e\n" + lines)
    #expect(
      result.status == 0 && result.errors.isEmpty, "\(result.errors)", sourceLocation: location)
    return result
  }

  /// Runs lines that must fail with status 2, write nothing into the ledger and leave the stores as
  /// they are.
  @discardableResult
  func expectRefusal(_ lines: String, _ location: SourceLocation = #_sourceLocation) throws
    -> String
  {
    let before = (try folder.read("l"), try listing())
    let result = try run(lines)
    #expect(result.status == 2, "\(result.errors)", sourceLocation: location)
    #expect(try folder.read("l") == before.0, sourceLocation: location)
    #expect(try listing() == before.1, sourceLocation: location)
    return result.errors
  }

  /// All files of the stores with their sizes, without locks and ends that are only prepared.
  func listing() throws -> String {
    try run(
      "find house house-2 -type f ! -name '.*.lock' ! -name ending.next -printf '%p %s\\n' | sort"
    ).text
  }

  /// Who writes as one of the servers, with a clock that stands still.
  func author(_ name: String, at time: String) throws -> Author {
    let time = try UTCTime(time)
    return Author(
      name: try PartyName(name), key: try SigningKeyFile(reading: folder.path("\(name).key")).key,
      clock: { time })
  }

  /// The home server, in this process, at some time.
  func books(at time: String = "2090-01-01T00:00:00Z") throws -> HomeBooks {
    try HomeBooks(
      OutletStore(folder.path("house")), LedgerFile(folder.path("l")).appending(),
      author("home", at: time), lockMilliseconds: 5000)
  }

  /// All events of an order with their authors.
  func events(of order: String) throws -> [(event: Event, author: String)] {
    try events().filter { $0.event.body.terms.contains { $0 == Term(.order, order) } }
  }

  /// All events of the ledger with their authors.
  func events() throws -> [(event: Event, author: String)] {
    let reader = EntryReader()
    return try folder.read("l").split(separator: UInt8(ascii: "\n")).map { line in
      try Array(line).withUnsafeBytes { bytes in
        let head = try reader.read(bytes)
        return (try head.event(), "\(try head.authorName)")
      }
    }
  }

  /// The kinds of the entries of an order.
  func kinds(of order: String) throws -> [String] {
    try events(of: order).map(\.event.kind.rawValue)
  }

  /// What an order was billed: payer, payee, amount.
  func bills(of order: String) throws -> [String] {
    try events(of: order).compactMap { event, _ in
      guard let billed = event.body as? Billed else { return nil }
      return "\(billed.payer) \(billed.payee) \(billed.amount)"
    }
  }

  /// What the stores have beside locks and fees.
  var leftovers: [String] {
    get throws {
      try listing().split(separator: "\n").map(String.init).filter { !$0.contains("fee.json") }
    }
  }
}

/// The entries of a purchase that was handed over.
let sentKinds = [
  "ordered", "marking", "delivered", "stored", "handed-over", "deleted", "reported", "billed",
]
