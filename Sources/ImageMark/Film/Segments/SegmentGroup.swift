import MarkCode

/// Half a second of film: the waves of its tiles, as if they were not moved.
struct SegmentGroup {
  /// Where it lies in the film, seconds.
  let start: Double
  let end: Double
  /// One for each of the lattice's points.
  var coefficients: [SIMD2<Float>]
}

/// What a group says about each of the moves: soft values to compare code words with.
struct MoveStatistics {
  /// Number of moves.
  static let moves = FilmOrigins.count

  /// How well each move fits the template, in standard deviations.
  let fits: [Float]
  /// For each move, soft values of all positions of the code, of size 1 together.
  let soft: [Float]
  /// Positions of the code.
  let positions: Int

  init(_ group: SegmentGroup, basis: SegmentBasis) {
    fits = basis.fits(basis.template(group.coefficients))
    let code = basis.code
    let positions = code.code.codedBits
    self.positions = positions
    let chips = ChipWeights.chips(group.coefficients, carrierPlaces: basis.places.carriers)
    var soft = [Float](repeating: 0, count: Self.moves * positions)
    for move in 0..<Self.moves {
      let (first, turns) = (move * positions, basis.turns[move])
      for (carrier, place) in basis.places.carriers.enumerated() {
        let chip = 2 * carrier
        let value = SegmentBasis.times(SIMD2(chips[chip], chips[chip + 1]), turns[place])
        soft[first + Int(code.position[chip])] += value.x * code.whitening[chip]
        soft[first + Int(code.position[chip + 1])] += value.y * code.whitening[chip + 1]
      }
      var power: Float = 1e-12
      for place in first..<first + positions { power += soft[place] * soft[place] }
      let scale = 1 / power.squareRoot()
      for place in first..<first + positions { soft[place] *= scale }
    }
    self.soft = soft
  }

  /// How well a code word fits under a move, in standard deviations.
  ///
  /// - Parameters:
  ///   - signs: of the code word, one for each position; a multiple of eight.
  ///   - move: the number of the move.
  /// - Returns: their correlation.
  func fit(_ signs: [Float], move: Int) -> Float {
    var sums = SIMD8<Float>.zero
    soft.withUnsafeBytes { soft in
      signs.withUnsafeBytes { signs in
        let first = 4 * move * positions
        for offset in Swift.stride(from: 0, to: 4 * positions, by: 32) {
          sums +=
            soft.loadUnaligned(fromByteOffset: first + offset, as: SIMD8<Float>.self)
            * signs.loadUnaligned(fromByteOffset: offset, as: SIMD8<Float>.self)
        }
      }
    }
    return sums.sum()
  }
}
