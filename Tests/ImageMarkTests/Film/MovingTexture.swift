import _TestSupport

/// A made-up film: two layers of smooth noise that move across each other.
struct MovingTexture {
  let width: Int
  let height: Int
  private let side = 512
  private let near: [Float]
  private let far: [Float]

  init(width: Int, height: Int, seed: UInt64) {
    self.width = width
    self.height = height
    var random = SeededGenerator(seed: seed)
    func noise(_ step: Int, _ size: Int) -> [Float] {
      let count = size / step
      let knots = (0..<count * count).map { _ in Float(random.next() % 1000) / 1000 - 0.5 }
      return (0..<size * size).map { index in
        let (x, y) = (index % size, index / size)
        let (column, line) = (x / step, y / step)
        let (fx, fy) = (Float(x % step) / Float(step), Float(y % step) / Float(step))
        func knot(_ i: Int, _ j: Int) -> Float { knots[j % count * count + i % count] }
        let top = knot(column, line) * (1 - fx) + knot(column + 1, line) * fx
        let bottom = knot(column, line + 1) * (1 - fx) + knot(column + 1, line + 1) * fx
        return top * (1 - fy) + bottom * fy
      }
    }
    near = noise(4, side)
    far = noise(32, side)
  }

  /// A frame's luma of 8 bits.
  func frame(_ number: Int) -> [UInt8] {
    (0..<width * height).map { index in
      let (x, y) = (index % width, index / width)
      let a = near[(y + number) % side * side + (x + 3 * number) % side]
      let b = far[(y + side - number % side) % side * side + (x + number) % side]
      return UInt8(min(max(128 + 60 * a + 120 * b, 0), 255))
    }
  }
}
