import CommandLineSupport
import HomeServer
import Ledger
import Outlets
import Testing
import Trade
import _TestSupport

/// What the meter counts, keeps, and forgives.
@Suite struct ViewingMeterTests {
  @Test func countsWhatIsOnTheDisk() throws {
    let shell = try HomeShell()
    try shell.expectSuccess(
      "parcel o1 --use minute --content t1 --content t2 | hs put")
    let holding = try OutletStore(shell.folder.path("house")).holding(Handle("o1"))
    let meter = try ViewingMeter(holding)
    try meter.began(Handle("s1"), item: 0)
    try meter.began(Handle("s1"), item: 0)
    try meter.began(Handle("s2"), item: 1)
    try meter.watched(item: 0, milliseconds: 0..<4000)
    #expect(meter.totals.seconds == 4)
    // What is not yet kept is the user's.
    #expect(try ViewingMeter(holding).totals.seconds == 0)
    try meter.watched(item: 0, milliseconds: 4000..<5500)
    try meter.watched(item: 1, milliseconds: 1000..<2999)
    try meter.flush()
    let kept = try ViewingMeter(holding).totals
    #expect(kept == meter.totals)
    #expect(kept.items.map(\.milliseconds) == [5500, 1999] && kept.items.map(\.views) == [1, 1])
    // Each title's seconds are whole.
    #expect(kept.seconds == 6 && kept.views == 2)
    for item in [-1, 2] {
      #expect(throws: HoldingFault.self) { try meter.began(Handle("s3"), item: item) }
      #expect(throws: HoldingFault.self) { try meter.watched(item: item, milliseconds: 0..<1) }
    }
    // A line that was being written, and lines of another kind.
    let path = "house/holdings/o1/viewings"
    let whole = try shell.folder.read(path)
    for torn in ["w 1 9000 99", "v", "w 1 9000", "x 1 2\n", "w 1 20 10\n", "w 9 0 10\n"] {
      try shell.folder.write(path, whole + Array(torn.utf8))
      #expect(try ViewingMeter(holding).totals == kept, "\(torn)")
      let second = try ViewingMeter(holding)
      try second.watched(item: 0, milliseconds: 10_000..<11_000)
      try second.flush()
      #expect(try ViewingMeter(holding).totals.items[0].milliseconds == 6500, "\(torn)")
    }
    #expect(meter.daysHeld(at: holding.since) == 0)
    for (seconds, days) in [(1, 1), (86_400, 1), (86_401, 2)] as [(Int64, Int64)] {
      #expect(meter.daysHeld(at: try UTCTime(seconds: holding.since.seconds + seconds)) == days)
    }
  }

  @Test func nothingCountsAfterTheEnd() throws {
    let shell = try HomeShell()
    try shell.expectSuccess("parcel o1 --use minute --content t1 | hs put")
    let holding = try OutletStore(shell.folder.path("house")).holding(Handle("o1"))
    let meter = try ViewingMeter(holding)
    let file = try holding.open(0)
    try shell.expectSuccess("hs finish o1")
    #expect(!holding.isHeld)
    #expect(throws: HoldingFault.self) { try holding.open(0) }
    #expect(throws: HoldingFault.self) { try meter.began(Handle("s1"), item: 0) }
    #expect(throws: HoldingFault.self) { try meter.watched(item: 0, milliseconds: 0..<9000) }
    #expect(file.byteCount > 0)
  }
}
