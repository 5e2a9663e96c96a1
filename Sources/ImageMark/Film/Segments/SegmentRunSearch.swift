import Glibc

/// The run of segments that fits some windows best, in one direction.
struct SegmentRunSearch {
  /// The best run; it has one link at least where there are windows.
  let best: SegmentRun

  /// - Parameters:
  ///   - fits: of each window, one a group.
  ///   - words: the segments they are of.
  ///   - direction: 1 where films are played forwards, else -1.
  init(_ fits: [SegmentWindowFits], _ words: SegmentWords, _ direction: Int) {
    let count = words.places.count
    guard !fits.isEmpty, count > 0 else {
      best = SegmentRun(links: [])
      return
    }
    let costs = SegmentRun.steps.map { -log($0.share) }
    var sums = fits.map(\.gain)
    // Which step leads to a segment in a window; -1 where a run begins.
    var steps = fits.map { _ in [Int8](repeating: -1, count: count) }
    var top = (window: 0, place: 0, sum: -Float.infinity)
    for window in fits.indices {
      for (number, step) in SegmentRun.steps.enumerated() where window >= step.groups {
        let earlier = sums[window - step.groups]
        for place in max(0, direction)..<min(count, max(count + direction, 0))
        where words.follows[max(place, place - direction)] {
          let sum = earlier[place - direction] - costs[number]
          guard sum > 0, fits[window].gain[place] + sum > sums[window][place] else { continue }
          sums[window][place] = fits[window].gain[place] + sum
          steps[window][place] = Int8(number)
        }
      }
      for place in 0..<count where sums[window][place] > top.sum {
        top = (window, place, sums[window][place])
      }
    }
    var links: [SegmentRun.Link] = []
    var (window, place) = (top.window, top.place)
    while true {
      let step = Int(steps[window][place])
      links.append(
        SegmentRun.Link(
          window: window, place: place, choice: Int(fits[window].choice[place]),
          z: fits[window].z[place], stepCost: step < 0 ? 0 : Double(costs[step])))
      if step < 0 { break }
      window -= SegmentRun.steps[step].groups
      place -= direction
    }
    best = SegmentRun(links: links.reversed())
  }
}
