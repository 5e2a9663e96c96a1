import CommandLineSupport
import Ledger
import Testing
import _TestSupport

/// A content server, a delivery server and a home server with the folder `house`, and a shell in which
/// `hs` is the home server's tool.
///
/// `serving OPTIONS` starts `hs serve` in the background, `url ORDER` is where an order then is, and
/// `served` ends the server and waits for it.
final class ServingShell {
  let folder = TemporaryFolder()

  /// Makes keys, ledger, parties, and a title of music for the orders that follow.
  init(seconds: Int = 20) throws {
    try expectSuccess(
      """
      for name in cs ds home; do wm-keygen --signing -o $name.key; done
      wm-keygen -o studio.key
      cs ledger-enroll --open test.example/l
      cs ledger-enroll user alice
      cs ledger-enroll delivery-server ds --key-file ds.key
      cs ledger-enroll home-server home --key-file home.key
      mkdir cache house
      sox -R -n -r 44100 -c 2 -b 16 song.wav synth \(seconds) pinknoise vol 0.3 tremolo 3 60
      cs cs-publish --content song --title 'A <b>Song</b>' --currency JPY --tax 10% --price 300 \
        --view 50 --day 30 --minute 10 --place ds=cache song.wav
      """)
  }

  private static func prologue() throws -> String {
    var lines = ["export SUKASHI_LEDGER=l"]
    for tool in [
      "wm-keygen", "wm-detect", "ledger-enroll", "ledger-verify", "cs-publish", "cs-order",
      "ds-deliver", "hs-store",
    ] {
      lines.append("\(tool)() { \(try BuiltTools.path(tool)) \"$@\"; }")
    }
    let root = BuiltTools.packageRoot()
    return lines.joined(separator: "\n") + #"""

      tests=\#(root)/Tests/HomeServingTests
      cs() {
        SUKASHI_AS=cs SUKASHI_SIGNING_KEY=cs.key SUKASHI_STORE=catalogue SUKASHI_KEY=studio.key "$@"
      }
      # For the background, where $! then is the tool.
      in_place() {
        exec env SUKASHI_AS=home SUKASHI_SIGNING_KEY=home.key SUKASHI_STORE=house \
          \#(try BuiltTools.path("hs-store")) "$@"
      }
      hs() { SUKASHI_AS=home SUKASHI_SIGNING_KEY=home.key SUKASHI_STORE=house hs-store "$@"; }
      # album ORDER USE FORMAT: an order of two titles is delivered and stored.
      album() {
        [ -d cache/masters/other ] || cs cs-publish --content other --title Other --currency JPY \
          --tax 10% --price 300 --view 50 --day 30 --minute 10 --place ds=cache song.wav
        cs cs-order --user alice --content song --content other --home home --server ds --use $2 --id $1 |
          SUKASHI_AS=ds SUKASHI_SIGNING_KEY=ds.key SUKASHI_STORE=cache ds-deliver -f $3 | hs put
      }
      # put ORDER USE FORMAT: an order is delivered and stored.
      put() {
        cs cs-order --user alice --content song --home home --server ds --use $2 --id $1 |
          SUKASHI_AS=ds SUKASHI_SIGNING_KEY=ds.key SUKASHI_STORE=cache ds-deliver -f $3 > $1.parcel
        hs put $1.parcel
        tar xOf $1.parcel --wildcards '*.*[!n]' > $1.copy
      }
      serving() {
        rm -f urls
        in_place serve --listen 127.0.0.1:0 --print-urls "$@" > urls 2> serve.log &
        server=$!
        trap 'kill -9 $server 2> /dev/null || true' EXIT
        for i in {1..200}; do [ -s urls ] && return; sleep 0.05; done
        cat serve.log >&2
        return 1
      }
      url() { awk -v order=$1 -F '\t' '$1 == order { printf "%s", $2 }' urls; }
      served() { kill $server && wait $server; }

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
  func expectSuccess(
    _ lines: String, seconds: Int = 120, _ location: SourceLocation = #_sourceLocation
  ) throws -> Subprocess {
    let result = try run("set -e\n" + lines, seconds: seconds)
    #expect(
      result.status == 0 && result.errors.isEmpty, "\(result.text)\(result.errors)",
      sourceLocation: location)
    return result
  }

  /// The bodies of the entries of an order of some kind.
  func events<Body: EventBody>(_: Body.Type, of order: String) throws -> [Body] {
    let reader = EntryReader()
    return try folder.read("l").split(separator: UInt8(ascii: "\n")).compactMap { line in
      try Array(line).withUnsafeBytes { bytes in
        let body = try reader.read(bytes).event().body
        return body.terms.contains { $0 == Term(.order, order) } ? body as? Body : nil
      }
    }
  }

  /// What the home server has counted of an order: seconds and views.
  func counted(_ order: String) throws -> (seconds: Int, views: Int) {
    let text = try expectSuccess("hs list | grep '^\(order)\t' | cut -f 10,11").text
    let words = text.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
    guard words.count == 2 else { throw TestFailure("hs list says \(text)") }
    return (words[0], words[1])
  }
}
