import HomeServer
import Testing
import _TestSupport

@Suite struct MediaIntervalsTests {
  @Test func countsEachMillisecondOnce() {
    var intervals = MediaIntervals()
    #expect(intervals.insert(0..<1000) == 1000)
    #expect(intervals.insert(500..<1500) == 500)
    #expect(intervals.insert(3000..<4000) == 1000)
    #expect(intervals.insert(1500..<3000) == 1500)
    #expect(intervals.insert(0..<4000) == 0)
    #expect(intervals.insert(5..<5) == 0)
    #expect(intervals.ranges == [0..<4000] && intervals.milliseconds == 4000)
  }

  @Test func isTheUnionWhateverTheOrder() {
    var generator = SeededGenerator(seed: 9)
    for _ in 0..<200 {
      var intervals = MediaIntervals()
      var seen = [Bool](repeating: false, count: 300)
      for _ in 0..<Int.random(in: 1...30, using: &generator) {
        let start = Int.random(in: 0..<280, using: &generator)
        let end = start + Int.random(in: 0...20, using: &generator)
        let new = seen[start..<end].count { !$0 }
        for place in start..<end { seen[place] = true }
        #expect(intervals.insert(Int64(start)..<Int64(end)) == Int64(new))
      }
      #expect(intervals.milliseconds == Int64(seen.count { $0 }))
      #expect(
        intervals.ranges.allSatisfy { range in
          seen[Int(range.lowerBound)..<Int(range.upperBound)].allSatisfy { $0 }
        })
      for (one, next) in zip(intervals.ranges, intervals.ranges.dropFirst()) {
        #expect(one.upperBound < next.lowerBound)
      }
    }
  }
}
