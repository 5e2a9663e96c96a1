import AudioStreams
import CommandLineSupport
import Ledger
import Testing
import Trade
import _TestSupport

/// A content server `cs`, a delivery server `ds` that holds its titles, the shop `kiosk` with the folder
/// `shop`, and a shell in which each acts by its tools.
///
/// The drive `fake` is worked by programs of `programs/` in the names of cdrdao and cd-paranoia.
final class ShopShell {
  let folder = TemporaryFolder()

  /// A title of generated music.
  struct Title {
    var name: String
    var seconds = 5.0
    var rate = 44100
    var channels = 2
    var encoding = SampleEncoding.int16
  }

  /// Makes keys, ledger, parties, and titles.
  ///
  /// - Parameter titles: what is published.
  /// - Throws: what cannot be made.
  init(_ titles: [Title] = [Title(name: "t1"), Title(name: "t2", seconds: 4.5)]) throws {
    for (number, title) in titles.enumerated() {
      let writer = try AudioWriter(
        to: OutputFile(folder.path("\(title.name).source.wav"), contents: .binary),
        format: AudioFormat(
          sampleRate: title.rate, channelCount: title.channels, container: .wav,
          encoding: title.encoding))
      // Twice as many samples as one channel has.
      let music = SyntheticMusic(
        seconds: title.seconds * Double(title.rate * title.channels) / 88200,
        seed: UInt64(number + 5)
      ).samples
      try music.withUnsafeBufferPointer { samples in
        try writer.write(
          UnsafeBufferPointer(
            rebasing: samples[..<(samples.count / title.channels * title.channels)]))
      }
      try writer.finish()
    }
    try expectSuccess(
      """
      wm-keygen -o studio.key
      for name in cs ds kiosk kiosk-2; do wm-keygen --signing -o $name.key; done
      cs enroll --open test.example/l
      cs enroll user alice
      cs enroll delivery-server ds --key-file ds.key
      cs enroll shop kiosk --key-file kiosk.key
      cs enroll shop kiosk-2 --key-file kiosk-2.key
      mkdir cache shop shop-2
      """)
    for (number, title) in titles.enumerated() {
      try expectSuccess(
        """
        cs publish --content \(title.name) --title 'Söng \(title.name)' --artist 'Band "A"' \
          --isrc JP-Z01-26-0004\(number) --icpn 4006381333931 --currency JPY --tax 10% \
          --price 100 --place ds=cache \(title.name).source.wav
        """)
    }
  }

  private static let tools = [
    "wm-keygen", "wm-detect", "ledger-enroll", "ledger-pay", "ledger-report", "ledger-verify",
    "cs-publish", "cs-order", "ds-deliver", "shop-burn",
  ]

  /// Where the programs are that stand for a drive's.
  private static var programs: String {
    BuiltTools.packageRoot() + "/Tests/ShopServerTests/programs"
  }

  /// Lines in front of every script: `cs TOOL`, `order`, `ds`, `shop`, `shop2`, `parcel` and `detect`.
  private static func prologue() throws -> String {
    var lines = ["export SUKASHI_LEDGER=l"]
    for tool in tools {
      lines.append("\(tool)() { \(try BuiltTools.path(tool)) \"$@\"; }")
    }
    lines.append("programs='\(programs)'")
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
      shop() { as kiosk shop shop-burn "$@"; }
      shop2() { as kiosk-2 shop-2 shop-burn "$@"; }
      drive() { PATH=$programs:$PATH shop --device fake.cue "$@"; }
      detect() { wm-detect --key studio.key --ledger l "$@"; }
      parcel() { order --shop kiosk --medium cd-r --id "$@" | ds -f wav; }
      data() { order --shop kiosk --medium dvd-r --id "$@" | ds -f flac; }

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
      result.status == 0 && result.errors.isEmpty, "\(result.status) \(result.errors)",
      sourceLocation: location)
    return result
  }

  /// Runs lines that must fail with status 2 and bill nothing.
  @discardableResult
  func expectFailure(_ lines: String, _ location: SourceLocation = #_sourceLocation) throws
    -> String
  {
    let before = try events().filter { $0.event.body is Billed }.count
    let result = try run(lines)
    #expect(result.status == 2, "\(result.errors)", sourceLocation: location)
    #expect(
      try events().filter { $0.event.body is Billed }.count == before, sourceLocation: location)
    return result.errors
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
    try events().filter { $0.event.body.terms.contains { $0 == Term(.order, order) } }
      .map(\.event.kind.rawValue)
  }

  /// What an order was billed: payer, payee, amount, on whose behalf.
  func bills(of order: String) throws -> [String] {
    try events().compactMap { event, _ in
      guard let billed = event.body as? Billed, billed.order?.description == order else {
        return nil
      }
      return "\(billed.payer) \(billed.payee) \(billed.amount)"
        + (billed.beneficiary.map { " for \($0)" } ?? "")
    }
  }

  /// The files that the shop has, but locks.
  var leftovers: [String] {
    get throws {
      try run("find shop -type f ! -name '.*.lock' | sort").text
        .split(separator: "\n").map(String.init)
    }
  }
}

/// The entries of an order of one title that was burned.
let burnedKinds = [
  "ordered", "marking", "delivered", "burned", "deleted", "reported", "billed",
]
