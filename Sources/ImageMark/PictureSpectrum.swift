import Glibc

/// Where a picture's spectrum stands out from what is around, by frequency.
///
/// Values are in standard deviations of what noise gives, about zero.
final class PictureSpectrum {
  /// Frequencies are in cycles per this many samples.
  let side: Int
  /// Frequencies to the right 0...side / 2, downwards -side / 2 ..< side / 2 from the first row on.
  let levels: FloatMap
  private let noise: FloatMap
  private let middle: Float

  /// Mean and deviation of ln (1 + power) when the power is that of noise, and the limit of power.
  private static let mean: Float = 0.596
  private static let deviation: Float = 0.43
  private static let limit: Float = 12
  private static let steps: Float = 64
  /// The neighbourhood is counted in blocks of this side, and goes this many blocks to each side.
  private static let block = 4
  private static let reach = 3
  private static let perBlock = Float(block * block)

  /// The value for a power, in steps of 1/64.
  private static let table: [Float] = (0...Int(limit * steps)).map {
    (Float(log(1 + Double($0) / Double(steps))) - mean) / deviation
  }

  /// - Parameters:
  ///   - map: a whitened picture, no side longer than the transform's.
  ///   - transform: where to do it; holds the waves then.
  init(_ map: FloatMap, transform: PictureTransform) {
    side = transform.side
    middle = Float(side / 2)
    transform.transform(map)
    let half = transform.half
    let block = Self.block
    levels = FloatMap(width: half, height: side)
    noise = FloatMap(width: (half + block - 1) / block, height: (side + block - 1) / block)
    noise.values.update(repeating: 0, count: noise.count)
    for y in 0..<side {
      let source = transform.waves + (y + side / 2) % side * half
      let (row, sums) = (levels.row(y), noise.row(y / block))
      for x in 0..<half {
        let value = source[x]
        row[x] = value.x * value.x + value.y * value.y
      }
      for x in 0..<half / block {
        let four = row + block * x
        sums[x] += (four[0] + four[1]) + (four[2] + four[3])
      }
    }
    // The last column of blocks is not whole.
    let last = noise.width - 1
    if half % block > 0 && last > 0 {
      for y in 0..<noise.height { noise.row(y)[last] = noise.row(y)[last - 1] }
    }
    BoxBlur(radius: Self.reach).blur(noise)
    for y in 0..<side {
      let (row, around) = (levels.row(y), noise.row(y / block))
      for x in 0..<half {
        let ratio = row[x] * Self.perBlock / (max(around[x / block], 0) + 1e-9)
        row[x] = Self.table[Int(min(ratio, Self.limit) * Self.steps)]
      }
    }
  }

  /// The highest level there may be.
  private(set) var highest = PictureSpectrum.table[PictureSpectrum.table.count - 1]

  /// Adds the levels of another picture of the same size, whose tiles may lie elsewhere.
  func add(_ other: PictureSpectrum) {
    for i in 0..<levels.count { levels.values[i] += other.levels.values[i] }
    highest += other.highest
  }

  /// The mean power around a place in `levels`.
  func around(_ column: Int, _ line: Int) -> Float {
    max(noise.row(line / Self.block)[column / Self.block], 0) / Self.perBlock
  }

  /// The value at a frequency, linear between neighbours; 0 outside.
  @inline(__always)
  func level(_ x: Float, _ y: Float) -> Float {
    // The spectrum of real values is the same at opposite frequencies.
    let (x, y) = x < 0 ? (-x, middle - y) : (x, middle + y)
    guard x < middle && y >= 0 && y < Float(side - 1) else { return 0 }
    let (column, line) = (Int(x), Int(y))
    let (fx, fy) = (x - Float(column), y - Float(line))
    let row = levels.row(line) + column
    let next = row + levels.width
    let top = row[0] + (row[1] - row[0]) * fx
    let bottom = next[0] + (next[1] - next[0]) * fx
    return top + (bottom - top) * fy
  }
}
