import Glibc

/// Rows of floats in memory of their own, for the loops of marker and detector.
///
/// Shared between threads only while nobody writes, or while each writes rows of its own.
final class FloatMap: @unchecked Sendable {
  /// Values in a row.
  let width: Int
  /// Rows.
  let height: Int
  /// Row by row.
  let values: UnsafeMutablePointer<Float>

  private let memory: UnsafeMutableRawPointer

  /// Number of values.
  var count: Int { width * height }

  /// Memory that holds nothing yet.
  init(width: Int, height: Int) {
    self.width = width
    self.height = height
    // Aligned by hand: glibc 2.36 gives aligned pieces out such that those that come back do not fit
    // the next one, and films then took ten times the memory now and then.
    memory = .allocate(byteCount: 4 * max(width * height, 1) + 64, alignment: 16)
    values = memory.alignedUp(toMultipleOf: 64)
      .bindMemory(to: Float.self, capacity: width * height)
  }

  /// The samples of a plane.
  convenience init(_ plane: LumaPlane) {
    self.init(width: plane.width, height: plane.height)
    plane.samples.withUnsafeBufferPointer { samples in
      guard let base = samples.baseAddress else { return }
      values.update(from: base, count: count)
    }
  }

  deinit { memory.deallocate() }

  /// The first value of a row.
  @inline(__always)
  func row(_ y: Int) -> UnsafeMutablePointer<Float> { values + y * width }
}
