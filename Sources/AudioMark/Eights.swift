/// Loops over interleaved samples, eight at a time and the rest one by one.
///
/// Written out, since the optimiser does not turn sums and comparisons of single floats into vector
/// operations.
enum Eights {
  /// Calls `eight` for every eighth index from 0 on, and `one` for what is left.
  @inline(__always)
  static func each(_ count: Int, _ eight: (Int) -> Void, one: (Int) -> Void) {
    var i = 0
    while i &+ 8 <= count {
      eight(i)
      i &+= 8
    }
    while i < count {
      one(i)
      i &+= 1
    }
  }

  @inline(__always)
  static func load(_ values: UnsafePointer<Float>, _ i: Int) -> SIMD8<Float> {
    UnsafeRawPointer(values).loadUnaligned(fromByteOffset: 4 &* i, as: SIMD8<Float>.self)
  }

  @inline(__always)
  static func store(_ eight: SIMD8<Float>, _ values: UnsafeMutablePointer<Float>, _ i: Int) {
    UnsafeMutableRawPointer(values).storeBytes(
      of: eight, toByteOffset: 4 &* i, as: SIMD8<Float>.self)
  }
}
