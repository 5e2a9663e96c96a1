/// The highest values of a map, found again quickly after a few rows have changed.
struct RowPeaks {
  private let map: FloatMap
  /// Where each row is highest.
  private var columns: [Int]

  /// - Parameter map: looked at again only in rows that are updated.
  init(_ map: FloatMap) {
    self.map = map
    columns = [Int](repeating: 0, count: map.height)
    for row in 0..<map.height { update(row) }
  }

  /// The place of the highest value, the first one of equals.
  var highest: (row: Int, column: Int) {
    var best = 0
    for row in 1..<max(map.height, 1)
    where map.row(row)[columns[row]] > map.row(best)[columns[best]] {
      best = row
    }
    return (best, columns[best])
  }

  /// A row has changed.
  mutating func update(_ row: Int) {
    let values = map.row(row)
    // The highest value first, which takes vectors, then its place.
    var lanes = SIMD8<Float>(repeating: -.infinity)
    let whole = map.width / 8 * 8
    for x in stride(from: 0, to: whole, by: 8) {
      let next = UnsafeRawPointer(values + x).loadUnaligned(as: SIMD8<Float>.self)
      lanes = lanes.replacing(with: next, where: next .> lanes)
    }
    var most = lanes.max()
    for x in whole..<map.width where values[x] > most { most = values[x] }
    var column = 0
    while column < map.width - 1 && values[column] != most { column += 1 }
    columns[row] = column
  }
}
