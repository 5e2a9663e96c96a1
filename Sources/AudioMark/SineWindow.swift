import Glibc

/// The window of analysis and synthesis: half a period of a sine.
enum SineWindow {
  /// The value at sample `i` of `count`; its square and that of its neighbour half a window away
  /// add up to 1.
  static func value(at i: Int, count: Int) -> Float {
    Float(sin(Double.pi * (Double(i) + 0.5) / Double(count)))
  }
}
