import Ledger
import Testing
import _TestSupport

/// System 300: the user watches while the content stays on the home server (signals 16 to 18, then
/// 14, 9 and 10), and what was recorded meanwhile names him.
@Suite struct FlowTests {
  @Test func system300() throws {
    let shell = try ServingShell(seconds: 24)
    let said = try shell.expectSuccess(
      """
      put o1 minute flac
      # Signals 16 and 17 by the player, recorded as it comes out.
      hs play o1 > played.wav
      # And by the server.
      serving --read-ahead 5
      ffmpeg -v error -i "$(url o1)1.m3u8" -t 16 recorded.wav
      served
      # Signal 18.
      hs finish o1
      ledger-verify -q
      [ ! -e house/holdings/o1 ]
      ffmpeg -v error -ss 5 -t 12 -i played.wav -b:a 128k leak.mp3
      wm-detect --key studio.key leak.mp3
      wm-detect --key studio.key recorded.wav
      """)
    #expect(
      said.text.split(separator: "\n").filter { $0.contains("user=alice order=o1 content=song") }
        .count == 2, "\(said.text)")
    let all = try kinds(shell)
    #expect(
      all.filter { $0 != "viewing" } == [
        "ordered", "marking", "delivered", "stored", "viewed", "deleted", "reported", "billed",
      ])
    let stored = try #require(all.firstIndex(of: "stored"))
    let viewed = try #require(all.firstIndex(of: "viewed"))
    #expect(all[(stored + 1)..<viewed].allSatisfy { $0 == "viewing" })
    let viewings = try shell.events(Viewing.self, of: "o1")
    #expect(viewings.first?.action == .start && viewings.last?.action == .stop)
    #expect(viewings.allSatisfy { "\($0.homeServer)" == "home" && "\($0.user)" == "alice" })
    let end = try #require(try shell.events(Viewed.self, of: "o1").first)
    // Each second once, however often and by whatever way it was seen.
    #expect(end.seconds == 24 && end.views == 2 && end.days == 1)
    let bill = try #require(try shell.events(Billed.self, of: "o1").first)
    #expect("\(bill.payer)" == "user:alice" && bill.amount == 11)
  }

  private func kinds(_ shell: ServingShell) throws -> [String] {
    let reader = EntryReader()
    return try shell.folder.read("l").split(separator: UInt8(ascii: "\n")).compactMap { line in
      try Array(line).withUnsafeBytes { bytes in
        let event = try reader.read(bytes).event()
        return event.body.terms.contains { $0 == Term(.order, "o1") } ? event.kind.rawValue : nil
      }
    }
  }
}
