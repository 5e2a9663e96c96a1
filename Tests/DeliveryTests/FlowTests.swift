import CommandLineSupport
import Ledger
import MarkKeys
import Testing
import Trade
import _TestSupport

/// System 100 from signal 1 to signal 11, each by its tool, as the ledger has them in the end.
@Suite struct FlowTests {
  @Test func system100() throws {
    let shell = try DeliveryShell()
    let secret = DeliveryShell.key.secret.withBytes { Hexadecimal.text($0) }
    let key = "sukashi-mark-key 1\n# name: studio\nsecret \(secret)\n"
    try shell.folder.write("studio.key", Array(key.utf8))
    let result = try shell.run(
      """
      set -e
      chmod 600 studio.key
      sox -R -n -r 44100 -c 2 -b 16 song.wav synth 20 pinknoise vol 0.3 tremolo 3 60
      cs() {
        tool=$1; shift
        SUKASHI_AS=cs SUKASHI_SIGNING_KEY=cs.key SUKASHI_STORE=catalogue SUKASHI_KEY=studio.key \
          "$tool" "$@"
      }
      cs \(try BuiltTools.path("ledger-pay")) --from cs --to ds --amount 5000 --currency JPY \
        --purpose usage-fee --sale --id usage-1
      cs \(try BuiltTools.path("cs-publish")) --content song --title Song --currency JPY --tax 10% \
        --price 100 song.wav
      cs \(try BuiltTools.path("cs-order")) --user alice --content song --server ds --id o1 |
        ds --fetch 'SUKASHI_STORE=catalogue \(try BuiltTools.path("cs-publish")) --send {content}' \
          > song.flac
      cs \(try BuiltTools.path("ledger-pay")) --from alice --to cs --amount 110 --currency JPY \
        --id bank-1
      flac -st song.flac 2> flac.log
      ledger-verify -q
      """)
    #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
    #expect(
      try signals(shell) == [
        "1: cs records 5000 usage-fee from cs to ds", "2: cs published song",
        "3, 4: cs ordered song for alice from ds", "6, 7: ds placed song on ds",
        "8: ds marking o1 for alice of cs", "8: ds delivered o1",
        "9: ds reported delivery to cs", "10: ds billed 110 to user:alice for content-server:cs",
        "11: cs records 110 content from alice to cs",
      ])
  }

  /// The entries of the signals, in words.
  private func signals(_ shell: DeliveryShell) throws -> [String] {
    let reader = EntryReader()
    return try shell.folder.read("l").split(separator: UInt8(ascii: "\n")).compactMap { line in
      try Array(line).withUnsafeBytes { bytes in
        let head = try reader.read(bytes)
        let (author, body) = (try head.authorName, try head.event().body)
        switch body {
        case let body as Payment:
          let purposes = body.splits.map(\.purpose.rawValue).joined(separator: ", ")
          let signal = body.payer.kind == .user ? "11" : "1"
          return "\(signal): \(author) records \(body.splits.reduce(0) { $0 + $1.amount }) "
            + "\(purposes) from \(body.payer.name) to \(body.payee.name)"
        case let body as Published: return "2: \(author) published \(body.content)"
        case let body as Placed:
          return "6, 7: \(author) placed \(body.content) on \(body.deliveryServer)"
        case let body as Ordered:
          let contents = body.contents.map(\.description).joined(separator: ", ")
          return "3, 4: \(author) ordered \(contents) for \(body.user) from \(body.deliveryServer)"
        case let body as Marking:
          return "8: \(author) marking \(body.order) for \(body.user) of \(body.contentServer)"
        case let body as Delivered: return "8: \(author) delivered \(body.order)"
        case let body as Reported:
          return "9: \(author) reported \(body.matter) to \(body.contentServer)"
        case let body as Billed:
          return "10: \(author) billed \(body.amount) to \(body.payer) for \(body.payee)"
        default: return nil
        }
      }
    }
  }
}
