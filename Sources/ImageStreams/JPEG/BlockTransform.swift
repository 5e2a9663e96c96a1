import Glibc

/// The cosine transform of blocks of 8 x 8 samples as JPEG has it (ITU-R T.81, A.3.3), orthonormal.
struct BlockTransform {
  typealias Row = SIMD8<Float>

  /// For each frequency, its cosine at the eight places.
  private let cosines: [Row]

  init() {
    cosines = (0..<8).map { frequency in
      var row = Row()
      let scale = frequency == 0 ? 0.125.squareRoot() : 0.5
      for place in 0..<8 {
        row[place] = Float(
          scale * cos(Double((2 * place + 1) * frequency) * Double.pi / 16))
      }
      return row
    }
  }

  /// Transforms a block in place: eight rows of samples to eight rows of coefficients.
  @inline(__always)
  func forward(_ block: UnsafeMutablePointer<Row>) {
    columns(block)
    transpose(block)
    columns(block)
    transpose(block)
  }

  /// Replaces rows by the frequencies of the columns, always in the same order of summation.
  @inline(__always)
  private func columns(_ block: UnsafeMutablePointer<Row>) {
    cosines.withUnsafeBufferPointer { cosines in
      let (a, b, c, d) = (block[0], block[1], block[2], block[3])
      let (e, f, g, h) = (block[4], block[5], block[6], block[7])
      for frequency in 0..<8 {
        let factor = cosines[frequency]
        let first = a * factor[0] + b * factor[1] + (c * factor[2] + d * factor[3])
        let last = e * factor[4] + f * factor[5] + (g * factor[6] + h * factor[7])
        block[frequency] = first + last
      }
    }
  }

  @inline(__always)
  private func transpose(_ block: UnsafeMutablePointer<Row>) {
    block.withMemoryRebound(to: Float.self, capacity: 64) { values in
      for row in 0..<8 {
        for column in row + 1..<8 {
          let value = values[row * 8 + column]
          values[row * 8 + column] = values[column * 8 + row]
          values[column * 8 + row] = value
        }
      }
    }
  }
}
