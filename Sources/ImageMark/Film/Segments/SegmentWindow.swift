/// A few groups that are read together, under the moves that fit the template best.
struct SegmentWindow: Sendable {
  /// The groups under a move.
  struct Move: Sendable {
    /// Soft values of all positions of the code, of size 1 together.
    let soft: [Float]
  }

  /// The first of the groups, and how many they are.
  let groups: Range<Int>
  /// The moves, the best one first.
  let moves: [Move]

  /// - Parameters:
  ///   - groups: of a film.
  ///   - range: which of them.
  ///   - moves: how many moves.
  init(_ groups: [MoveStatistics], _ range: Range<Int>, moves: Int) {
    self.groups = range
    let fits = (0..<MoveStatistics.moves).map { number in
      range.reduce(Float(0)) { $0 + groups[$1].fits[number] }
    }
    self.moves = fits.indices.sorted { fits[$0] > fits[$1] }.prefix(moves).map { number in
      var soft = [Float](repeating: 0, count: groups[range.lowerBound].positions)
      for group in groups[range] {
        let first = number * soft.count
        for place in soft.indices { soft[place] += group.soft[first + place] }
      }
      let scale = 1 / soft.reduce(Float(1e-12)) { $0 + $1 * $1 }.squareRoot()
      for place in soft.indices { soft[place] *= scale }
      return Move(soft: soft)
    }
  }
}

/// How well the segments of some titles fit a window, each in its better variant and its best move.
struct SegmentWindowFits: Sendable {
  /// Standard deviations.
  var z: [Float]
  /// Which move, and which variant: twice the move's rank, and 1 for B.
  var choice: [UInt8]
  /// How much that speaks for the segment, in nats, less what the choice costs.
  var gain: [Float]

  /// - Parameters:
  ///   - window: some groups.
  ///   - words: of the titles.
  ///   - signs: of the code's outputs.
  init(_ window: SegmentWindow, _ words: SegmentWords, _ signs: OutputSigns) {
    let count = words.places.count
    var z = [Float](repeating: 0, count: count)
    var choice = [UInt8](repeating: 0, count: count)
    var gain = [Float](repeating: -.infinity, count: count)
    for (rank, move) in window.moves.enumerated() {
      let cost = Float(SegmentRun.cost(rank: rank))
      SegmentWordTable(move.soft, signs).withValues { table in
        for place in 0..<count {
          for variant in 0..<2 {
            let fit = SegmentWordTable.correlation(table, words.bits(place, variant))
            let value = fit * max(fit, 0) / 2 - cost
            if value > gain[place] {
              (z[place], gain[place]) = (fit, value)
              choice[place] = UInt8(2 * rank + variant)
            }
          }
        }
      }
    }
    (self.z, self.choice, self.gain) = (z, choice, gain)
  }
}
