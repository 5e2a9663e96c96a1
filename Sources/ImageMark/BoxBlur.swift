import CommandLineSupport

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

  /// Values from which on both cores are used.
  private static let large = 1 << 19

  /// Blurs a map in place.
  func blur(_ map: FloatMap) {
    let bands = map.count >= Self.large ? 4 : 1
    inParallel(bands) { band in
      withLines(map.width) { padded, line in
        rows(map, Self.part(map.height, band, of: bands), padded, line)
      }
    }
    inParallel(bands) { band in
      withLines(map.height) { padded, line in
        columns(map, Self.part(map.width, band, of: bands), padded, line)
      }
    }
  }

  /// A part of the rows or columns, in whole groups of eight.
  private static func part(_ count: Int, _ band: Int, of bands: Int) -> Range<Int> {
    let groups = (count + 7) / 8
    return 8 * (groups * band / bands)..<min(count, 8 * (groups * (band + 1) / bands))
  }

  /// Lends two lines, the first one longer by what lies beyond the borders.
  private func withLines(
    _ count: Int, _ body: (UnsafeMutablePointer<Lanes>, UnsafeMutablePointer<Lanes>) -> Void
  ) {
    let capacity = count + 2 * radius + 1
    let memory = UnsafeMutableRawPointer.allocate(byteCount: 64 * capacity, alignment: 64)
    defer { memory.deallocate() }
    let lines = memory.bindMemory(to: Lanes.self, capacity: 2 * capacity)
    body(lines, lines + capacity)
  }

  /// Eight rows at a time.
  private func rows(
    _ map: FloatMap, _ range: Range<Int>, _ padded: UnsafeMutablePointer<Lanes>,
    _ line: UnsafeMutablePointer<Lanes>
  ) {
    let width = map.width
    for y in stride(from: range.lowerBound, to: range.upperBound, by: 8) {
      // Rows behind the last are the last one once more.
      func row(_ number: Int) -> UnsafeMutablePointer<Float> {
        map.row(min(y + number, range.upperBound - 1))
      }
      let (a, b, c, d) = (row(0), row(1), row(2), row(3))
      let (e, f, g, h) = (row(4), row(5), row(6), row(7))
      for x in 0..<width {
        line[x] = Lanes(a[x], b[x], c[x], d[x], e[x], f[x], g[x], h[x])
      }
      for _ in 0..<passes { pass(padded, line, width) }
      for x in 0..<width {
        let value = line[x]
        a[x] = value[0]
        b[x] = value[1]
        c[x] = value[2]
        d[x] = value[3]
        e[x] = value[4]
        f[x] = value[5]
        g[x] = value[6]
        h[x] = value[7]
      }
    }
  }

  /// Eight columns at a time.
  private func columns(
    _ map: FloatMap, _ range: Range<Int>, _ padded: UnsafeMutablePointer<Lanes>,
    _ line: UnsafeMutablePointer<Lanes>
  ) {
    let height = map.height
    for x in stride(from: range.lowerBound, to: range.upperBound, by: 8) {
      let lanes = min(8, range.upperBound - x)
      if lanes == 8 {
        for y in 0..<height {
          line[y] = UnsafeRawPointer(map.row(y) + x).loadUnaligned(as: Lanes.self)
        }
        for _ in 0..<passes { pass(padded, line, height) }
        for y in 0..<height {
          UnsafeMutableRawPointer(map.row(y) + x).storeBytes(of: line[y], as: Lanes.self)
        }
      } else {
        for y in 0..<height {
          line[y] = .zero
          for lane in 0..<lanes { line[y][lane] = map.row(y)[x + lane] }
        }
        for _ in 0..<passes { pass(padded, line, height) }
        for y in 0..<height {
          for lane in 0..<lanes { map.row(y)[x + lane] = line[y][lane] }
        }
      }
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
