/// The luma of a picture, or a difference that is added to one.
package struct LumaPlane: Sendable {
  /// Samples in a row.
  package let width: Int
  /// Rows.
  package let height: Int
  /// Row by row from the top, nominally 0...255 whatever the picture's depth.
  package var samples: [Float]

  /// - Parameters:
  ///   - width: samples in a row, at least 1.
  ///   - height: rows, at least 1.
  ///   - samples: `width * height` of them, row by row.
  package init(width: Int, height: Int, samples: [Float]) {
    precondition(width > 0 && height > 0 && samples.count == width * height)
    self.width = width
    self.height = height
    self.samples = samples
  }

  /// A plane of one value.
  init(width: Int, height: Int, value: Float = 0) {
    self.init(
      width: width, height: height, samples: [Float](repeating: value, count: width * height))
  }

  /// Number of samples.
  var count: Int { width * height }
}
