import Glibc

/// A linear map of the plane: (x, y) becomes (a x + b y, c x + d y).
struct Matrix: Sendable, Equatable {
  var a: Float
  var b: Float
  var c: Float
  var d: Float

  var determinant: Float { a * d - b * c }

  var inverse: Matrix {
    let scale = 1 / determinant
    return Matrix(a: d * scale, b: -b * scale, c: -c * scale, d: a * scale)
  }

  var transposed: Matrix { Matrix(a: a, b: c, c: b, d: d) }

  /// Whether another map differs by less than half a percent of this one's size.
  func isNear(_ other: Matrix) -> Bool {
    let (p, q) = (SIMD4(a, b, c, d), SIMD4(other.a, other.b, other.c, other.d))
    let difference = p - q
    return (difference * difference).sum() < 2.5e-5 * (p * p).sum()
  }

  @inline(__always)
  static func * (m: Matrix, v: SIMD2<Float>) -> SIMD2<Float> {
    SIMD2(m.a * v.x + m.b * v.y, m.c * v.x + m.d * v.y)
  }

  static func * (m: Matrix, n: Matrix) -> Matrix {
    Matrix(
      a: m.a * n.a + m.b * n.c, b: m.a * n.b + m.b * n.d,
      c: m.c * n.a + m.d * n.c, d: m.c * n.b + m.d * n.d)
  }

  static func * (m: Matrix, s: Float) -> Matrix {
    Matrix(a: m.a * s, b: m.b * s, c: m.c * s, d: m.d * s)
  }

  static func + (m: Matrix, n: Matrix) -> Matrix {
    Matrix(a: m.a + n.a, b: m.b + n.b, c: m.c + n.c, d: m.d + n.d)
  }

  /// Larger, turned, stretched, sheared: small steps in these reach every linear map.
  static let directions = [
    Matrix(a: 1, b: 0, c: 0, d: 1), Matrix(a: 0, b: -1, c: 1, d: 0),
    Matrix(a: 1, b: 0, c: 0, d: -1), Matrix(a: 0, b: 1, c: 1, d: 0),
  ]
}
