import HomeServer
import Testing

@Suite struct PlayerCommandTests {
  @Test(arguments: [
    ("play", PlayerCommand.play), (" pause ", .pause), ("stop", .stop), ("quit", .quit),
    ("status", .status), ("next", .next), ("previous", .previous), ("ff 10", .move(10_000)),
    ("rew 2.5", .move(-2500)), ("seek 90", .seek(90_000)), ("seek 1:30", .seek(90_000)),
    ("seek 1:02:03.5", .seek(3_723_500)), ("rate 1.25", .rate(1.25)), ("rate 4", .rate(4)),
  ])
  func line(_ text: String, _ expected: PlayerCommand) throws {
    #expect(try PlayerCommand(text) == expected)
  }

  @Test(arguments: [
    "", "Play", "ff", "ff x", "ff -3", "ff 1 2", "seek 1:60", "seek 1:2:3:4", "seek :5", "seek 5:",
    "seek 1e3", "rate 0", "rate 5", "rate nan", "rate -1", "seek 99999999999", "play now",
  ])
  func nonsense(_ text: String) {
    #expect(throws: PlayerCommandFault.self) { try PlayerCommand(text) }
  }

  @Test func keys() {
    var keys = PlayerKeys()
    #expect(
      keys.commands(Array(" sqnp=".utf8), rate: 1) == [
        .toggle, .stop, .quit, .next, .previous, .rate(1),
      ])
    #expect(keys.commands([0x1B], rate: 1) == [])
    #expect(keys.commands(Array("[C".utf8), rate: 1) == [.move(10_000)])
    #expect(
      keys.commands(Array("\u{1B}[D\u{1B}[A\u{1B}OBx".utf8), rate: 1) == [
        .move(-10_000), .move(60_000), .move(-60_000),
      ])
    #expect(keys.commands(Array("]".utf8), rate: 4) == [.rate(4)])
    #expect(keys.commands(Array("[".utf8), rate: 1) == [.rate(0.8)])
  }
}
