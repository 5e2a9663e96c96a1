import Ledger
import Testing
import _TestSupport

/// What is counted of what players do.
@Suite struct MeteringTests {
  @Test func whatIsNotHeardIsNotCounted() throws {
    let shell = try ServingShell(seconds: 20)
    try shell.expectSuccess(
      """
      for order in head page bit refused; do put $order minute wav; done
      serving
      curl -sI "$(url head)1.wav" > /dev/null
      curl -s "$(url page)" "$(url page)1.m3u8" "$(url page)status" "$(url page)1/init.mp4" > /dev/null
      curl -s -r 0-40000 "$(url bit)1.wav" > /dev/null
      curl -s -r 99999999- "$(url refused)1.wav" > /dev/null
      curl -s -X POST "$(url refused)1.wav" > /dev/null
      sleep 2.5
      served
      """)
    for order in ["head", "page", "bit", "refused"] {
      let counted = try shell.counted(order)
      #expect(counted.seconds == 0 && counted.views == 0, "\(order): \(counted)")
      #expect(try shell.events(Viewing.self, of: order).isEmpty)
    }
  }

  /// All that a player fetches at once is counted only as time passes.
  @Test func fetchedAtOnceThenLeft() throws {
    let shell = try ServingShell(seconds: 20)
    try shell.expectSuccess(
      """
      put day day wav
      serving
      curl -sf -o whole "$(url day)1.wav"
      cmp whole day.copy
      sleep 3
      served
      """)
    let counted = try shell.counted("day")
    #expect((2...4).contains(counted.seconds) && counted.views == 1, "\(counted)")
  }

  /// Where minutes are paid, no more is given than is about to be heard.
  @Test func minutesArePaced() throws {
    let shell = try ServingShell(seconds: 30)
    try shell.expectSuccess(
      """
      put o1 minute wav
      serving --read-ahead 5
      curl -s --max-time 6 -o part "$(url o1)1.wav" || [ $? = 28 ]
      # Ahead: five seconds, a piece, and what the sockets hold.
      seconds=$(( $(stat -c %s part) / 176400 ))
      [ $seconds -ge 9 ] && [ $seconds -le 16 ]
      sleep 9
      served
      """)
    // Six seconds, and five more for a player that may come back.
    let counted = try shell.counted("o1")
    #expect((5...12).contains(counted.seconds) && counted.views == 1, "\(counted)")
  }

  /// A player that gets too little of a core stops and starts again, and then less is heard: it may try
  /// three times.
  @Test func aWholeListening() throws {
    for attempt in 1...3 {
      let counted = try listening()
      let isWhole = counted.allSatisfy { (10...12).contains($0.seconds) && $0.views == 1 }
      let isPlain = counted.allSatisfy { $0.actions == [.start, .stop] }
      if isWhole, isPlain { return }
      if attempt == 3 { #expect(isWhole && isPlain, "\(counted)") }
    }
  }

  private func listening() throws -> [(seconds: Int64, views: Int64, actions: [ViewingAction])] {
    let shell = try ServingShell(seconds: 12)
    try shell.expectSuccess(
      """
      put o1 minute flac
      put o2 minute flac
      serving --read-ahead 5
      mpv --no-config --no-terminal --ao=null "$(url o1)1.flac" &
      mpv --no-config --no-terminal --ao=null "$(url o2)1.m3u8"
      wait %2
      sleep 1
      served
      """)
    return try ["o1", "o2"].map { order in
      let counted = try shell.counted(order)
      return (
        Int64(counted.seconds), Int64(counted.views),
        try shell.events(Viewing.self, of: order).map(\.action)
      )
    }
  }

  /// Who hears one title and looks into another has viewed one.
  @Test func aLookIntoAnotherTitleIsNoView() throws {
    let shell = try ServingShell(seconds: 20)
    try shell.expectSuccess(
      """
      album o1 view wav
      serving
      says() { curl -sf -o /dev/null -H 'CMCD-Session: sid="s"' -H "CMCD-Status: pr=1" "$@"; }
      says -r 44-705643 "$(url o1)1.wav"
      sleep 3
      says -r 44-88243 "$(url o1)2.wav"
      sleep 2
      served
      """)
    let counted = try shell.counted("o1")
    #expect((2...4).contains(counted.seconds) && counted.views == 1, "\(counted)")
  }

  @Test func theSamePartTwiceIsCountedOnce() throws {
    let shell = try ServingShell(seconds: 20)
    try shell.expectSuccess(
      """
      put o1 minute wav
      serving --read-ahead 5
      u="$(url o1)1.wav"
      for i in 1 2; do
        curl -sf -r 44-705643 -o /dev/null "$u?CMCD=sid%3D%22s%22%2Cpr%3D1"
        sleep 5
      done
      curl -s "$(url o1)status" > status
      jq -e '.seconds == 4 or .seconds == 3' status > /dev/null
      served
      """)
    let counted = try shell.counted("o1")
    #expect((3...4).contains(counted.seconds) && counted.views == 1, "\(counted)")
  }

  @Test func statedPauseAndBuffer() throws {
    let shell = try ServingShell(seconds: 20)
    try shell.expectSuccess(
      """
      put o1 day wav
      serving
      says() { curl -sf -o /dev/null -H "CMCD-Status: $1" -H 'CMCD-Session: sid="s"' "$(url o1)$2"; }
      says pr=1 1.wav
      sleep 2
      says pr=0 status
      sleep 3
      says pr=1,bl=10000 status
      sleep 1
      served
      """)
    let counted = try shell.counted("o1")
    #expect((2...4).contains(counted.seconds), "\(counted)")
    let actions = try shell.events(Viewing.self, of: "o1").map(\.action)
    #expect(actions == [.start, .pause, .start, .forward, .stop], "\(actions)")
  }

  /// Killed, the server loses ten seconds at most; what it counted was heard.
  @Test func killed() throws {
    let shell = try ServingShell(seconds: 60)
    try shell.expectSuccess(
      """
      put o1 minute wav
      for i in 1 2; do
        serving --read-ahead 5
        curl -s -o /dev/null "$(url o1)1.wav" & player=$!
        sleep 12
        kill -9 $server
        wait $server 2> /dev/null || true
        wait $player || true
      done
      """, seconds: 60)
    let counted = try shell.counted("o1")
    #expect((2...12).contains(counted.seconds) && counted.views == 2, "\(counted)")
    try shell.expectSuccess("hs gc && hs finish o1 && ledger-verify -q")
  }
}
