/// The median down the columns of the medians along the rows: nearly the median of a square, at a
/// few nanoseconds a value.
///
/// In a line the median is taken of three, five or nine values, which may lie several samples apart,
/// by a network of exchanges, eight places at a time.
struct SeparableMedian {
  private typealias Lanes = SIMD8<Float>

  /// Values to each side: 1, 2 or 4.
  private let half: Int
  /// Samples from one value to the next.
  private let step: Int

  /// - Parameter reach: how far to look to each side, samples, at least 1.
  init(reach: Int) {
    half = reach == 1 ? 1 : reach < 4 ? 2 : 4
    step = (reach + half / 2) / half
  }

  /// The difference of a picture from its median, 0 where that is more than a limit.
  func residual(_ luma: FloatMap, limit: Float) -> FloatMap {
    let (width, height) = (luma.width, luma.height)
    let margin = half * step
    // Rows are read and written in whole vectors.
    let along = FloatMap(width: (width + 7) / 8 * 8, height: height)
    let padded = FloatMap(width: along.width + 2 * margin, height: 1)
    for y in 0..<height {
      let row = luma.row(y)
      for i in 0..<margin { padded.values[i] = row[0] }
      (padded.values + margin).update(from: row, count: width)
      for i in margin + width..<padded.width { padded.values[i] = row[width - 1] }
      median(count: along.width, into: along.row(y)) { padded.values + margin + $0 * step }
    }
    let result = FloatMap(width: width, height: height)
    let line = FloatMap(width: along.width, height: 1)
    for y in 0..<height {
      median(count: along.width, into: line.values) {
        along.row(min(max(y + $0 * step, 0), height - 1))
      }
      let (row, out) = (luma.row(y), result.row(y))
      for x in 0..<width {
        let difference = row[x] - line.values[x]
        out[x] = abs(difference) > limit ? 0 : difference
      }
    }
    return result
  }

  /// The medians over `2 * half + 1` lines of values, the middle one numbered 0.
  @inline(__always)
  private func median(
    count: Int, into out: UnsafeMutablePointer<Float>,
    line: (Int) -> UnsafeMutablePointer<Float>
  ) {
    @inline(__always) func load(_ pointer: UnsafeMutablePointer<Float>, _ x: Int) -> Lanes {
      UnsafeRawPointer(pointer + x).loadUnaligned(as: Lanes.self)
    }
    let raw = UnsafeMutableRawPointer(out)
    switch half {
    case 1:
      let (p, q, r) = (line(-1), line(0), line(1))
      for x in stride(from: 0, to: count, by: 8) {
        var (a, b, c) = (load(p, x), load(q, x), load(r, x))
        Self.sort(&a, &b)
        Self.sort(&b, &c)
        Self.sort(&a, &b)
        raw.storeBytes(of: b, toByteOffset: 4 * x, as: Lanes.self)
      }
    case 2:
      let (p, q, r, s, t) = (line(-2), line(-1), line(0), line(1), line(2))
      for x in stride(from: 0, to: count, by: 8) {
        var (a, b, c, d, e) = (load(p, x), load(q, x), load(r, x), load(s, x), load(t, x))
        Self.sort(&a, &b)
        Self.sort(&d, &e)
        Self.sort(&a, &d)
        Self.sort(&b, &e)
        Self.sort(&b, &c)
        Self.sort(&c, &d)
        Self.sort(&b, &c)
        raw.storeBytes(of: c, toByteOffset: 4 * x, as: Lanes.self)
      }
    default:
      let (p0, p1, p2, p3) = (line(-4), line(-3), line(-2), line(-1))
      let (p4, p5, p6, p7, p8) = (line(0), line(1), line(2), line(3), line(4))
      for x in stride(from: 0, to: count, by: 8) {
        var (a, b, c, d) = (load(p0, x), load(p1, x), load(p2, x), load(p3, x))
        var (e, f, g, h, i) = (load(p4, x), load(p5, x), load(p6, x), load(p7, x), load(p8, x))
        // Rows, then columns of a square of three by three, then its diagonal.
        Self.sort(&b, &c)
        Self.sort(&e, &f)
        Self.sort(&h, &i)
        Self.sort(&a, &b)
        Self.sort(&d, &e)
        Self.sort(&g, &h)
        Self.sort(&b, &c)
        Self.sort(&e, &f)
        Self.sort(&h, &i)
        Self.sort(&a, &d)
        Self.sort(&d, &g)
        Self.sort(&b, &e)
        Self.sort(&e, &h)
        Self.sort(&b, &e)
        Self.sort(&f, &i)
        Self.sort(&c, &f)
        Self.sort(&c, &e)
        Self.sort(&e, &g)
        Self.sort(&c, &e)
        raw.storeBytes(of: e, toByteOffset: 4 * x, as: Lanes.self)
      }
    }
  }

  @inline(__always)
  private static func sort(_ a: inout Lanes, _ b: inout Lanes) {
    let isGreater = b .< a
    let low = a.replacing(with: b, where: isGreater)
    b = b.replacing(with: a, where: isGreater)
    a = low
  }
}
