import Glibc

/// The most likely ways that a film goes through segments, group by group.
///
/// A hidden Markov model. Its states are quarters of segments, played forwards or backwards, each
/// with the variant that is shown (A, B, or both, where copies were mixed) and the move of the tile,
/// which stay for the whole segment; and one state for all that is none of these segments. A group is
/// a quarter of a segment at the plain speed; it may also stay or take two quarters. Now and then it
/// jumps anywhere. Forwards and backwards over all groups gives how likely each state is given all
/// that was read.
struct SegmentPath {
  /// What a pass through a segment says.
  struct Visit {
    let place: SegmentCodebook.Place
    /// The groups it takes.
    let groups: Range<Int>
    /// ln P(B) / P(A).
    let logRatio: Double
    /// How likely the segment is there at all.
    let probability: Double
  }

  private static let quarters = 4
  private static let variants = 3
  private static let inner = variants * MoveStatistics.moves
  private static let stay: Float = 0.1
  private static let step: Float = 0.8
  private static let skip: Float = 0.08
  private static let jump: Float = 0.004
  private static let leave: Float = 0.016
  private static let stayAway: Float = 0.98
  private static let enter: Float = 0.02
  /// How likely both variants are in a segment.
  private static let mixed: Float = 0.01

  private let places: [SegmentCodebook.Place]
  /// For each place but the first, whether it follows the one before.
  private let follows: [Bool]
  /// How likely variants and moves are at a segment's beginning.
  private let prior: [Float]
  /// For each group, place, variant and move, the likelihood, in units of the group's largest.
  private var likelihoods: [Float] = []
  private var unknowns: [Float] = []
  private let groupCount: Int

  /// - Parameters:
  ///   - places: the segments in question, sorted.
  ///   - groups: what was read.
  ///   - codebook: of the key.
  init(_ places: [SegmentCodebook.Place], _ groups: [MoveStatistics], codebook: SegmentCodebook) {
    self.places = places
    groupCount = groups.count
    follows = places.indices.map { index in
      index > 0 && places[index - 1].titleTag == places[index].titleTag
        && places[index - 1].number + 1 == places[index].number
    }
    let moves = MoveStatistics.moves
    prior = (0..<Self.inner).map { index in
      let share = index / moves == 2 ? Self.mixed : (1 - Self.mixed) / 2
      return share / Float(moves)
    }
    likelihoods.reserveCapacity(groups.count * places.count * Self.inner)
    for group in groups { append(group, codebook) }
  }

  private mutating func append(_ group: MoveStatistics, _ codebook: SegmentCodebook) {
    let moves = MoveStatistics.moves
    let strengths = group.fits.map { SegmentLikelihood.strengths(templateFit: $0) }
    let first = likelihoods.count
    var values = [Float](repeating: 0, count: Self.inner)
    let unknown = SegmentLikelihood.unknown(templateFits: group.fits)
    var largest = unknown
    for place in places {
      let signs = codebook.signs(place)
      for move in 0..<moves {
        let (a, b) = (group.fit(signs[0], move: move), group.fit(signs[1], move: move))
        // Where both are, each has half the amplitude.
        let both = (a + b) * Float(0.5).squareRoot()
        for (variant, fit) in [a, b, both].enumerated() {
          values[variant * moves + move] = SegmentLikelihood.logarithm(strengths[move], fit: fit)
        }
      }
      for value in values { largest = max(largest, value) }
      likelihoods += values
    }
    for index in first..<likelihoods.count {
      likelihoods[index] = exp(likelihoods[index] - largest)
    }
    unknowns.append(exp(unknown - largest))
  }

  // MARK: Forwards and backwards

  /// States of one direction: places, quarters, variants, moves.
  private var size: Int { places.count * Self.quarters * Self.inner }

  /// The passes through segments, in the order of the groups.
  func visits() -> [Visit] {
    guard !places.isEmpty, groupCount > 0 else { return [] }
    var forward: [[Float]] = []
    var aways: [Float] = []
    var state = [Float](repeating: 0, count: 2 * size)
    // Anywhere at first.
    let quarterCount = Float(2 * places.count * Self.quarters)
    for quarter in 0..<2 * places.count * Self.quarters {
      for index in 0..<Self.inner {
        state[quarter * Self.inner + index] = 0.5 * prior[index] / quarterCount
      }
    }
    var away: Float = 0.5
    for group in 0..<groupCount {
      if group > 0 { (state, away) = predicted(state, away) }
      weigh(&state, &away, group)
      let total = away + state.reduce(0, +)
      let scale = 1 / max(total, Float.leastNormalMagnitude)
      for index in state.indices { state[index] *= scale }
      away *= scale
      forward.append(state)
      aways.append(away)
    }
    // Posteriors of places with variants, from the last group on.
    var back = [Float](repeating: 1, count: 2 * size)
    var backAway: Float = 1
    var posteriors: [[SIMD4<Double>]] = []
    var unknown: [Double] = []
    for group in (0..<groupCount).reversed() {
      let (shares, rest) = posterior(forward[group], aways[group], back, backAway)
      posteriors.append(shares)
      unknown.append(rest)
      forward[group] = []
      if group > 0 {
        weigh(&back, &backAway, group)
        (back, backAway) = returned(back, backAway)
        let largest = max(back.max() ?? 0, backAway, Float.leastNormalMagnitude)
        for index in back.indices { back[index] /= largest }
        backAway /= largest
      }
    }
    return visits(posteriors.reversed(), unknown.reversed())
  }

  /// Multiplies with the likelihoods of a group.
  private func weigh(_ state: inout [Float], _ away: inout Float, _ group: Int) {
    let first = group * places.count * Self.inner
    away *= unknowns[group]
    let count = places.count
    state.withUnsafeMutableBufferPointer { state in
      likelihoods.withUnsafeBufferPointer { likelihoods in
        for direction in 0..<2 {
          for quarter in 0..<count * Self.quarters {
            let place = place(quarter, direction)
            let from = first + place * Self.inner
            let to = direction * size + quarter * Self.inner
            for index in 0..<Self.inner { state[to + index] *= likelihoods[from + index] }
          }
        }
      }
    }
  }

  /// Which place a quarter belongs to; backwards they are counted from the last one.
  @inline(__always)
  private func place(_ quarter: Int, _ direction: Int) -> Int {
    let place = quarter / Self.quarters
    return direction == 0 ? place : places.count - 1 - place
  }

  /// Whether a film goes on from the place of a quarter to that of the next quarters.
  @inline(__always)
  private func goesOn(to quarter: Int, _ direction: Int) -> Bool {
    let place = place(quarter, direction)
    return direction == 0 ? follows[place] : place + 1 < places.count && follows[place + 1]
  }

  /// One group later.
  private func predicted(_ state: [Float], _ away: Float) -> ([Float], Float) {
    var next = [Float](repeating: 0, count: state.count)
    let inner = Self.inner
    let quarterCount = places.count * Self.quarters
    let total = state.reduce(0, +)
    let anywhere = (Self.jump * total + Self.enter * away) / Float(2 * quarterCount)
    var sums = [Float](repeating: 0, count: 2 * quarterCount)
    for quarter in sums.indices {
      for index in quarter * inner..<(quarter + 1) * inner { sums[quarter] += state[index] }
    }
    for direction in 0..<2 {
      let first = direction * quarterCount
      for quarter in 0..<quarterCount {
        let to = (first + quarter) * inner
        for index in 0..<inner {
          next[to + index] = Self.stay * state[to + index] + anywhere * prior[index]
        }
        for (distance, share) in [(1, Self.step), (2, Self.skip)] where quarter >= distance {
          let from = quarter - distance
          if from / Self.quarters == quarter / Self.quarters {
            let source = (first + from) * inner
            for index in 0..<inner { next[to + index] += share * state[source + index] }
          } else if goesOn(to: quarter, direction) {
            let mass = share * sums[first + from]
            for index in 0..<inner { next[to + index] += mass * prior[index] }
          }
        }
      }
    }
    return (next, Self.stayAway * away + Self.leave * total)
  }

  /// One group earlier.
  private func returned(_ state: [Float], _ away: Float) -> ([Float], Float) {
    var last = [Float](repeating: 0, count: state.count)
    let inner = Self.inner
    let quarterCount = places.count * Self.quarters
    var means = [Float](repeating: 0, count: 2 * quarterCount)
    var mean: Float = 0
    for quarter in means.indices {
      for index in 0..<inner { means[quarter] += prior[index] * state[quarter * inner + index] }
      mean += means[quarter]
    }
    mean /= Float(2 * quarterCount)
    let elsewhere = Self.jump * mean + Self.leave * away
    for direction in 0..<2 {
      let first = direction * quarterCount
      for quarter in 0..<quarterCount {
        let to = (first + quarter) * inner
        for index in 0..<inner { last[to + index] = Self.stay * state[to + index] + elsewhere }
        for (distance, share) in [(1, Self.step), (2, Self.skip)]
        where quarter + distance < quarterCount {
          let from = quarter + distance
          if from / Self.quarters == quarter / Self.quarters {
            let source = (first + from) * inner
            for index in 0..<inner { last[to + index] += share * state[source + index] }
          } else if goesOn(to: from, direction) {
            let mass = share * means[first + from]
            for index in 0..<inner { last[to + index] += mass }
          }
        }
      }
    }
    return (last, Self.stayAway * away + Self.enter * mean)
  }

  /// How likely each place is with A, B and both, and how likely none is.
  private func posterior(
    _ forward: [Float], _ away: Float, _ back: [Float], _ backAway: Float
  ) -> (shares: [SIMD4<Double>], unknown: Double) {
    var shares = [SIMD4<Double>](repeating: .zero, count: places.count)
    var total = Double(away) * Double(backAway)
    let unknown = total
    for direction in 0..<2 {
      for quarter in 0..<places.count * Self.quarters {
        let place = place(quarter, direction)
        let first = direction * size + quarter * Self.inner
        for variant in 0..<Self.variants {
          var sum = 0.0
          let from = first + variant * MoveStatistics.moves
          for index in from..<from + MoveStatistics.moves {
            sum += Double(forward[index]) * Double(back[index])
          }
          shares[place][variant] += sum
          total += sum
        }
      }
    }
    let scale = 1 / max(total, Double.leastNormalMagnitude)
    return (shares.map { $0 * scale }, unknown * scale)
  }

  private func visits(_ posteriors: [[SIMD4<Double>]], _ unknown: [Double]) -> [Visit] {
    var visits: [Visit] = []
    var run: (place: Int, first: Int, best: Int)?
    func close(_ end: Int) {
      guard let run else { return }
      let share = posteriors[run.best][run.place]
      let probability = share.sum()
      // Where the segment is not, nothing is said; both variants say nothing either.
      let rest = (1 - probability) / 2 + share[2] / 2 + 1e-9
      visits.append(
        Visit(
          place: places[run.place], groups: run.first..<end,
          logRatio: log((share[1] + rest) / (share[0] + rest)), probability: probability))
    }
    for group in 0..<groupCount {
      var best: Int?
      var probability = unknown[group]
      for place in places.indices where posteriors[group][place].sum() > probability {
        (best, probability) = (place, posteriors[group][place].sum())
      }
      if let known = run, known.place == best {
        if probability > posteriors[known.best][known.place].sum() { run?.best = group }
      } else {
        close(group)
        run = best.map { ($0, group, group) }
      }
    }
    close(groupCount)
    return visits
  }
}
