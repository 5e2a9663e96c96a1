/// How strong the mark may be at each place of a frame, as `PerceptualMask` for pictures, but worked
/// out from small blocks: a frame has little time.
final class FilmMask {
  /// Samples of a block's side: 2 or 4.
  let blockSide: Int
  /// Factors, one for each block; blocks cut off by the border do not count.
  private(set) var factors: FloatMap
  /// The mean of the squares of the factors.
  private(set) var power: Float = 0

  private let width: Int
  private let means: FloatMap
  private let wide: FloatMap
  private let squares: FloatMap
  private let wideSquares: FloatMap
  private let period: Int
  private let columnSums: UnsafeMutablePointer<Float>

  init(width: Int, height: Int, period: Int) {
    self.width = width
    self.period = period
    blockSide = period >= 200 ? 4 : 2
    let (across, down) = (max(width / blockSide, 1), max(height / blockSide, 1))
    factors = FloatMap(width: across, height: down)
    means = FloatMap(width: across, height: down)
    wide = FloatMap(width: across, height: down)
    squares = FloatMap(width: across, height: down)
    wideSquares = FloatMap(width: across, height: down)
    columnSums = .allocate(capacity: 2 * width)
  }

  deinit { columnSums.deallocate() }

  /// Works the factors of a frame out.
  ///
  /// - Parameters:
  ///   - luma: row by row.
  ///   - scale: what makes 255 of the largest sample.
  @inline(__always)
  func update<Sample: FixedWidthInteger & UnsignedInteger>(
    _ luma: UnsafePointer<Sample>, scale: Float
  ) {
    let side = blockSide
    let (sums, powers) = (columnSums, columnSums + width)
    let share = 1 / Float(side * side)
    for y in 0..<factors.height {
      sums.update(repeating: 0, count: 2 * width)
      for line in 0..<side {
        let row = luma + (y * side + line) * width
        for x in 0..<width {
          let value = Float(row[x]) * scale
          sums[x] += value
          powers[x] += value * value
        }
      }
      let (mean, square) = (means.row(y), squares.row(y))
      for x in 0..<factors.width {
        var (sum, power): (Float, Float) = (0, 0)
        for i in side * x..<side * x + side {
          sum += sums[i]
          power += powers[i]
        }
        mean[x] = sum * share
        square[x] = power * share
      }
    }
    work()
  }

  private func work() {
    let count = factors.count
    wide.values.update(from: means.values, count: count)
    wideSquares.values.update(from: squares.values, count: count)
    let fine = BoxBlur(sigma: max(1.5, Float(period) / 64) / Float(blockSide))
    let coarse = BoxBlur(sigma: max(4, Float(period) / 20) / Float(blockSide))
    fine.blur(means)
    fine.blur(squares)
    coarse.blur(wide)
    coarse.blur(wideSquares)
    let out = factors.values
    for i in 0..<count {
      let near = squares.values[i] - means.values[i] * means.values[i]
      let far = wideSquares.values[i] - wide.values[i] * wide.values[i]
      out[i] = PerceptualMask.factor(
        fine: max(near, 0).squareRoot(), wide: max(far, 0).squareRoot())
    }
    BoxBlur(sigma: max(1, Float(period) / 64) / Float(blockSide)).blur(factors)
    var sum: Float = 0
    for i in 0..<count { sum += out[i] * out[i] }
    power = sum / Float(count)
  }

  /// Spreads a row of factors over the samples of a line, linearly.
  func expand(row: Int, into line: UnsafeMutablePointer<Float>) {
    let source = factors.row(min(max(row, 0), factors.height - 1))
    let last = factors.width - 1
    let side = blockSide
    for block in 0..<factors.width {
      let (before, here, after) = (
        source[max(block - 1, 0)], source[block], source[min(block + 1, last)]
      )
      for i in 0..<side {
        let place = (Float(i) + 0.5) / Float(side) - 0.5
        line[block * side + i] =
          place < 0 ? here + (before - here) * -place : here + (after - here) * place
      }
    }
    var x = factors.width * side
    while x < width {
      line[x] = source[last]
      x += 1
    }
  }
}
