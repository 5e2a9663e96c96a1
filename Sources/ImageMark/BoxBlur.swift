import Glibc

/// Blurs by a running mean along rows and columns, done twice, which is nearly a Gaussian.
///
/// Beyond the border the outermost values go on. The sums run in a fixed order, so that the result
/// is the same on every machine. Cost: about 3 ns a value, whatever the radius.
struct BoxBlur {
  private typealias Lanes = SIMD8<Float>

  /// Passes in each direction.
  private let passes: Int
  private let radius: Int

  /// - Parameter sigma: the standard deviation of the Gaussian it stands for, in samples.
  init(sigma: Float) {
    passes = 2
    // A mean over 2 r + 1 values has the variance ((2 r + 1)² - 1) / 12.
    radius = max(1, Int((((6 * sigma * sigma + 1).squareRoot() - 1) / 2).rounded()))
  }

  /// A single running mean.
  init(radius: Int) {
    passes = 1
    self.radius = radius
  }

  /// Blurs a map in place.
  func blur(_ map: FloatMap) {
    let longest = max(map.width, map.height)
    let capacity = longest + 2 * radius + 1
    let lines = UnsafeMutableRawPointer.allocate(byteCount: 64 * capacity, alignment: 64)
    defer { lines.deallocate() }
    let padded = lines.bindMemory(to: Lanes.self, capacity: 2 * capacity)
    let line = padded + capacity
    rows(map, padded, line)
    columns(map, padded, line)
  }

  /// Eight rows at a time.
  private func rows(
    _ map: FloatMap, _ padded: UnsafeMutablePointer<Lanes>, _ line: UnsafeMutablePointer<Lanes>
  ) {
    let width = map.width
    let (stride, last) = (map.width, map.height - 1)
    var y = 0
    while y < map.height {
      let base = map.row(y)
      // Rows behind the last are the last one once more.
      let offsets = (0..<8).map { min($0, last - y) * stride }
      let (a, b, c, d) = (base, base + offsets[1], base + offsets[2], base + offsets[3])
      let (e, f, g, h) = (
        base + offsets[4], base + offsets[5], base + offsets[6], base + offsets[7]
      )
      for x in 0..<width {
        line[x] = Lanes(a[x], b[x], c[x], d[x], e[x], f[x], g[x], h[x])
      }
      for _ in 0..<passes { pass(padded, line, width) }
      for x in 0..<width {
        let value = line[x]
        // Backwards, so that of equal rows the first one's value stays, which is the right one.
        h[x] = value[7]
        g[x] = value[6]
        f[x] = value[5]
        e[x] = value[4]
        d[x] = value[3]
        c[x] = value[2]
        b[x] = value[1]
        a[x] = value[0]
      }
      y += 8
    }
  }

  /// Eight columns at a time; the last eight may overlap the ones before.
  private func columns(
    _ map: FloatMap, _ padded: UnsafeMutablePointer<Lanes>, _ line: UnsafeMutablePointer<Lanes>
  ) {
    let (width, height) = (map.width, map.height)
    var x = 0
    while x < width {
      let lanes = min(8, width - x)
      if lanes == 8 {
        for y in 0..<height {
          line[y] = UnsafeRawPointer(map.row(y) + x).loadUnaligned(as: Lanes.self)
        }
      } else {
        for y in 0..<height {
          for lane in 0..<lanes { line[y][lane] = map.row(y)[x + lane] }
        }
      }
      for _ in 0..<passes { pass(padded, line, height) }
      if lanes == 8 {
        for y in 0..<height {
          UnsafeMutableRawPointer(map.row(y) + x).storeBytes(of: line[y], as: Lanes.self)
        }
      } else {
        for y in 0..<height {
          for lane in 0..<lanes { map.row(y)[x + lane] = line[y][lane] }
        }
      }
      x += 8
    }
  }

  /// One running mean along a line.
  @inline(__always)
  private func pass(
    _ padded: UnsafeMutablePointer<Lanes>, _ line: UnsafeMutablePointer<Lanes>, _ count: Int
  ) {
    let first = line[0]
    let last = line[count - 1]
    for i in 0..<radius { padded[i] = first }
    for i in 0..<count { padded[radius + i] = line[i] }
    for i in 0..<radius { padded[radius + count + i] = last }
    var sum = Lanes.zero
    for i in 0...2 * radius { sum += padded[i] }
    let scale = Lanes(repeating: 1 / Float(2 * radius + 1))
    let ahead = padded + 2 * radius + 1
    line[0] = sum * scale
    for i in 1..<max(count, 1) {
      sum += ahead[i - 1] - padded[i - 1]
      line[i] = sum * scale
    }
  }
}
