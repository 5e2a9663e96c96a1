import HomeServer
import Testing
import _TestSupport

/// Time in these tests is in milliseconds from 0.
@Suite struct WatchModelTests {
  /// What was heard up to a time, as one set.
  private func heard(_ model: inout WatchModel, _ time: Int64) -> [Range<Int64>] {
    var set = MediaIntervals()
    for part in model.advance(to: time) { set.insert(part.milliseconds) }
    return set.ranges
  }

  @Test func atThePaceOfTime() {
    var model = WatchModel(patience: 30_000, now: 0)
    for second in Int64(0)..<60 {
      model.delivered(item: 0, second * 1000..<second * 1000 + 1000, now: second * 1000)
    }
    #expect(heard(&model, 59_000) == [0..<59_000])
    #expect(heard(&model, 60_000) == [59_000..<60_000])
    #expect(heard(&model, 90_000) == [])
  }

  @Test func fetchedAtOnceAndLeft() {
    var model = WatchModel(patience: 30_000, now: 0)
    model.delivered(item: 0, 0..<300_000, now: 0)
    #expect(heard(&model, 10_000) == [0..<10_000])
    // Nobody is there any more: time stops after half a minute, and the rest is forgotten.
    #expect(heard(&model, 200_000) == [10_000..<30_000])
    #expect(model.ahead == 0)
    #expect(heard(&model, 400_000) == [])
  }

  @Test func brokenOff() {
    var model = WatchModel(patience: 30_000, now: 0)
    model.delivered(item: 0, 0..<40_000, now: 0)
    model.brokeOff(now: 8000)
    #expect(heard(&model, 60_000) == [0..<13_000])
  }

  @Test func brokenOffAndBack() {
    var model = WatchModel(patience: 30_000, now: 0)
    model.delivered(item: 0, 0..<20_000, now: 0)
    model.brokeOff(now: 4000)
    model.delivered(item: 0, 20_000..<40_000, now: 6000)
    #expect(heard(&model, 30_000) == [0..<30_000])
  }

  @Test func seeking() {
    var model = WatchModel(patience: 30_000, now: 0)
    model.delivered(item: 0, 0..<20_000, now: 0)
    model.delivered(item: 0, 100_000..<120_000, now: 5000)
    #expect(heard(&model, 8000) == [0..<5000, 100_000..<103_000])
    // Back to where the first stretch ended: it goes on where it was left.
    model.delivered(item: 0, 20_000..<21_000, now: 9000)
    #expect(heard(&model, 10_000) == [5000..<6000, 103_000..<104_000])
  }

  @Test func theSameTwice() {
    var model = WatchModel(patience: 30_000, now: 0)
    var set = MediaIntervals()
    for round in Int64(0)..<2 {
      for second in Int64(0)..<10 {
        let now = round * 20_000 + second * 1000
        model.delivered(item: 0, second * 1000..<second * 1000 + 1000, now: now)
      }
      for part in model.advance(to: round * 20_000 + 15_000) { set.insert(part.milliseconds) }
    }
    #expect(set.ranges == [0..<10_000])
  }

  @Test func aLookAtTheEndOfTheFile() {
    var model = WatchModel(patience: 30_000, now: 0)
    model.delivered(item: 0, 0..<500, now: 0)
    model.delivered(item: 0, 299_000..<300_000, now: 10)
    model.delivered(item: 0, 500..<20_000, now: 20)
    #expect(heard(&model, 15_000) == [0..<14_990, 299_000..<299_010])
    #expect(heard(&model, 15_000).isEmpty)
  }

  @Test func waitingHearsNothing() {
    var model = WatchModel(patience: 30_000, now: 0)
    model.delivered(item: 0, 0..<1000, now: 0)
    model.delivered(item: 0, 1000..<9000, now: 20_000)
    #expect(heard(&model, 21_000) == [0..<2000])
  }

  @Test func statedSpeedAndPause() {
    var model = WatchModel(patience: 30_000, now: 0)
    model.delivered(item: 0, 0..<60_000, now: 0)
    model.reported(CMCD(rate: 2), now: 0)
    #expect(heard(&model, 5000) == [0..<10_000])
    model.reported(CMCD(rate: 0), now: 5000)
    #expect(heard(&model, 20_000) == [])
    #expect(model.isPaused)
    model.reported(CMCD(rate: 1), now: 20_000)
    #expect(heard(&model, 21_000) == [10_000..<11_000])
  }

  @Test func statedBuffer() {
    var model = WatchModel(patience: 30_000, now: 0)
    model.delivered(item: 0, 0..<60_000, now: 0)
    // It has more ahead than there should be: it stood still.
    model.reported(CMCD(buffer: 58_000, rate: 1), now: 10_000)
    #expect(heard(&model, 10_000) == [0..<10_000])
    #expect(heard(&model, 18_000) == [2000..<10_000])
    #expect(heard(&model, 19_000) == [10_000..<11_000])
    // It has less: it has moved forward within what it has, and what lies between is not heard.
    model.reported(CMCD(buffer: 30_000, rate: 1), now: 19_000)
    #expect(heard(&model, 20_000) == [30_000..<31_000])
    // Small differences mean nothing.
    model.reported(CMCD(buffer: 28_500, rate: 1), now: 20_000)
    model.reported(CMCD(buffer: 30_000, rate: 1), now: 20_000)
    #expect(heard(&model, 21_000) == [31_000..<32_000])
  }

  /// Never more than time has passed, and nothing that was not delivered.
  @Test func neverTooMuch() {
    var random = SeededGenerator(seed: 3)
    for _ in 0..<200 {
      var model = WatchModel(patience: 10_000, now: 0)
      var (now, delivered, total) = (Int64(0), MediaIntervals(), Int64(0))
      for _ in 0..<60 {
        now += Int64.random(in: 0...4000, using: &random)
        if Bool.random(using: &random) {
          let start = Int64.random(in: 0...50_000, using: &random)
          let part = start..<start + Int64.random(in: 0...9000, using: &random)
          model.delivered(item: 0, part, now: now)
          delivered.insert(part)
        } else if Bool.random(using: &random) {
          model.brokeOff(now: now)
        }
        for part in model.advance(to: now) {
          total += part.milliseconds.upperBound - part.milliseconds.lowerBound
          var both = delivered
          #expect(both.insert(part.milliseconds) == 0)
        }
        #expect(total <= now)
      }
    }
  }
}
