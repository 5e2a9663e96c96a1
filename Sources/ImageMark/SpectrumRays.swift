import Glibc

/// The levels of a spectrum as whole numbers, for searches that look up millions of them.
///
/// The nearest line is taken instead of a value between lines: a spectrum's lines are about as wide
/// as the window makes them, and a whole number in a table that fits the cache costs a fifth of the time.
final class SpectrumRays {
  /// As in the spectrum.
  let side: Int
  /// Numbers in a row: those of the spectrum.
  let width: Int
  private let memory: UnsafeMutablePointer<Int16>
  /// Where frequency 0 stands.
  let middle: UnsafePointer<Int16>
  /// The number for one standard deviation; such that the levels of a whole template add up to no more than
  /// an `Int16` holds.
  let unit: Float

  /// - Parameter spectrum: stays as it is.
  init(_ spectrum: PictureSpectrum) {
    side = spectrum.side
    width = spectrum.levels.width
    let count = spectrum.levels.count
    memory = .allocate(capacity: count)
    middle = UnsafePointer(memory + side / 2 * width)
    let values = spectrum.levels.values
    let most = Float(Int(Int16.max) / CarrierLattice.templateCount - 1)
    unit = min(64, most / max(spectrum.highest, 1))
    for i in 0..<count { memory[i] = Int16(min(max(values[i] * unit, -most), most)) }
  }

  deinit { memory.deallocate() }

  /// The level of a frequency within 0.49 of the side, in units.
  @inline(__always)
  func level(_ x: Float, _ y: Float) -> Int16 {
    // The spectrum of real values is the same at opposite frequencies.
    let sign: Float = x < 0 ? -1 : 1
    let column = Int32(x * sign + 0.5)
    let line = Int32(y * sign + Float(side / 2) + 0.5) - Int32(side / 2)
    return middle[Int(line) * width + Int(column)]
  }

  /// Adds the levels along a ray to the right and down, and its mirror image to the right and up.
  ///
  /// - Parameters:
  ///   - radii: how far along the ray.
  ///   - range: which of them; all their places are in the spectrum.
  ///   - x: frequency to the right of a radius of 1, at least 0.
  ///   - y: downwards, at least 0.
  ///   - down: sums, one for each radius.
  ///   - up: sums of the mirror image.
  @inline(__always)
  func add(
    _ radii: UnsafePointer<Float>, _ range: Range<Int>, _ x: Float, _ y: Float,
    down: UnsafeMutablePointer<Int16>, up: UnsafeMutablePointer<Int16>
  ) {
    for i in range {
      let column = Int(Int32(radii[i] * x + 0.5))
      let line = Int(Int32(radii[i] * y + 0.5)) * width
      down[i] &+= middle[column + line]
      up[i] &+= middle[column - line]
    }
  }
}
