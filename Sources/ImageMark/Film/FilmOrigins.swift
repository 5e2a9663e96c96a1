import MarkKeys

/// Where the tile lies in each stretch of a film.
///
/// It lies in one of sixteen places for two seconds, then in another: whoever averages frames over a
/// film averages the mark away with them, and does not learn it. A detector knows the sixteen places
/// from the key, and finds out which it is.
struct FilmOrigins: Sendable {
  /// How long the tile stays, seconds.
  static let seconds = 2.0
  /// Number of places.
  static let count = 16

  /// The places, in 1/128 of a tile, to the right and down; the first is no move at all.
  let moves: [SIMD2<Int32>]
  private let key: Secret

  /// - Parameter key: the mark key.
  init(key: MarkKey) {
    let subKey = key.subKey(.imageTile)
    self.key = subKey
    var stream = PRFStream(key: subKey, domain: 3, index: 0)
    moves = (0..<Self.count).map { number in
      number == 0
        ? .zero
        : SIMD2(
          Int32(stream.next(below: ImageTile.side)),
          Int32(stream.next(below: ImageTile.side)))
    }
  }

  /// The tile's place in a stretch of a film, in tiles.
  ///
  /// - Parameters:
  ///   - stretch: counted from 0, each `seconds` long.
  ///   - film: a number that differs from film to film and is the same for all copies of one.
  /// - Returns: to the right and down, 0 ..< 2.
  func origin(stretch: Int, film: UInt64) -> SIMD2<Float> {
    var first = PRFStream(key: key, domain: 4, index: film)
    let base = SIMD2(Float(first.next(below: 4096)), Float(first.next(below: 4096))) / 4096
    var labels = PRFStream(key: key, domain: 5, index: film &+ UInt64(stretch))
    let move = moves[Int(labels.next(below: Self.count))]
    return base + SIMD2(Float(move.x), Float(move.y)) / Float(ImageTile.side)
  }
}
