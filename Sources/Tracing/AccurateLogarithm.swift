import Glibc

/// Logarithms that lose no digits near 1.
enum AccurateLogarithm {
  /// ln(1 + exp(x)) for x <= 0.
  static func log1pExp(_ x: Double) -> Double { log1p(exp(x)) }
}
