/// A set of times of a title in milliseconds, kept as ranges that do not touch.
package struct MediaIntervals: Sendable, Equatable {
  /// The ranges, in order.
  package private(set) var ranges: [Range<Int64>] = []
  /// How many milliseconds they are, each once.
  package private(set) var milliseconds: Int64 = 0

  package init() {}

  /// Adds a range.
  ///
  /// - Returns: how many milliseconds were not there before.
  @discardableResult
  package mutating func insert(_ range: Range<Int64>) -> Int64 {
    if range.isEmpty { return 0 }
    let first = firstEnd(from: range.lowerBound)
    var last = first
    var merged = range
    var known: Int64 = 0
    while last < ranges.count, ranges[last].lowerBound <= range.upperBound {
      let other = ranges[last]
      known += other.upperBound - other.lowerBound
      merged =
        min(merged.lowerBound, other.lowerBound)..<max(merged.upperBound, other.upperBound)
      last += 1
    }
    ranges.replaceSubrange(first..<last, with: [merged])
    let new = merged.upperBound - merged.lowerBound - known
    milliseconds += new
    return new
  }

  /// The number of the first range that ends at a time or later.
  private func firstEnd(from time: Int64) -> Int {
    var (low, high) = (0, ranges.count)
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound < time { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
