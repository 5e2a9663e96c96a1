import Glibc
import MarkCode

/// Neighbouring segments of a title in neighbouring windows, and how unlikely that is by chance.
struct SegmentRun: Sendable {
  /// A segment in a window.
  struct Link: Sendable {
    /// Number of the window.
    let window: Int
    /// Number of the segment in the list of all.
    let place: Int
    /// Twice the rank of the move, and 1 for B.
    let choice: Int
    /// Standard deviations.
    let z: Float
    /// What the step from the link before costs.
    let stepCost: Double
  }

  /// From a segment to the next, in groups: the plain speed, faster and slower, and their shares of
  /// the chance.
  static let steps: [(groups: Int, share: Float)] = [(4, 0.6), (3, 0.2), (5, 0.2)]

  let links: [Link]

  /// What a move and a variant cost, in nats: of n moves the r-th has 1 / r (r + 1) of the chance.
  static func cost(rank: Int) -> Double { log(Double(2 * (rank + 1) * (rank + 2))) }

  /// What this run costs among all that begin at one place, in one window and direction.
  var cost: Double {
    log(Double(links.count * (links.count + 1)))
      + links.reduce(0) { $0 + Self.cost(rank: $1.choice / 2) }
      + links.dropFirst().reduce(0) { $0 + $1.stepCost }
  }

  /// About what the run is worth, in nats, by its fits alone.
  private var estimate: Double {
    let sum = Double(links.reduce(0) { $0 + $1.z })
    return sum > 0 ? sum * sum / Double(2 * links.count) - cost : -cost
  }

  /// The part of the run that is worth most.
  var clearest: SegmentRun {
    var best = self
    for first in links.indices {
      for last in first..<links.count {
        let part = SegmentRun(links: Array(links[first...last]))
        if part.estimate > best.estimate { best = part }
      }
    }
    return best
  }

  /// What the windows say for the run's code words together: for each position of the code the sum of
  /// their soft values times signs.
  func agreement(_ windows: [SegmentWindow], signs: (Link) -> [Float]) -> [Float] {
    var sums: [Float] = []
    for link in links {
      let soft = windows[link.window].moves[link.choice / 2].soft
      if sums.isEmpty { sums = [Float](repeating: 0, count: soft.count) }
      let signs = signs(link)
      for place in sums.indices { sums[place] += soft[place] * signs[place] }
    }
    return sums
  }
}
