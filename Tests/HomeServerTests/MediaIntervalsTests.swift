import HomeServer
import Testing

@Suite struct MediaIntervalsTests {
  @Test func countsEachMillisecondOnce() {
    var intervals = MediaIntervals()
    #expect(intervals.insert(0..<1000) == 1000)
    #expect(intervals.insert(500..<1500) == 500)
    #expect(intervals.insert(3000..<4000) == 1000)
    #expect(intervals.insert(1500..<3000) == 1500)
    #expect(intervals.insert(0..<4000) == 0)
    #expect(intervals.ranges == [0..<4000] && intervals.milliseconds == 4000)
  }
}
