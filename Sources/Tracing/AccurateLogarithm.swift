import Glibc

/// Logarithms that lose no digits near 1, and their opposite.
enum AccurateLogarithm {
  /// ln(1 + exp(x)) for x <= 0.
  static func log1pExp(_ x: Double) -> Double { log1p(Glibc.exp(x)) }
  /// The exponential function.
  static func exp(_ x: Double) -> Double { Glibc.exp(x) }
}
