/// Adds a change of samples to quantised coefficients, a row of blocks at a time.
struct CoefficientRow {
  private let delta: [Float]
  private let width: Int
  private let height: Int
  private let steps: [Float]
  private let newSteps: [Float]
  private let transform = BlockTransform()

  /// - Parameters:
  ///   - delta: the change of every pixel of the picture.
  ///   - width: of the picture.
  ///   - height: of the picture.
  ///   - steps: of the 64 coefficients.
  ///   - newSteps: those they are to have.
  init(_ delta: [Float], width: Int, height: Int, steps: [UInt16], newSteps: [UInt16]) {
    self.delta = delta
    self.width = width
    self.height = height
    self.steps = steps.map { Float(max($0, 1)) }
    self.newSteps = newSteps.map { Float(max($0, 1)) }
  }

  /// Changes the coefficients of a row of blocks.
  ///
  /// Blocks that stand over the edge are taken to go on as the picture ends.
  ///
  /// - Parameters:
  ///   - row: of blocks, from the top.
  ///   - coefficients: of its blocks, 64 each.
  ///   - columns: the number of blocks.
  /// - Returns: the sum of the squares of the changes of samples.
  func add(toRow row: Int, _ coefficients: UnsafeMutablePointer<Int16>, columns: Int) -> Double {
    var squares = 0.0
    withUnsafeTemporaryAllocation(of: BlockTransform.Row.self, capacity: 8) { block in
      guard let first = block.baseAddress else { return }
      delta.withUnsafeBufferPointer { delta in
        for column in 0..<columns {
          load(delta, row: row, column: column, to: first)
          transform.forward(first)
          squares += quantise(first, coefficients + 64 * column)
        }
      }
    }
    return squares
  }

  @inline(__always)
  private func load(
    _ delta: UnsafeBufferPointer<Float>, row: Int, column: Int,
    to block: UnsafeMutablePointer<BlockTransform.Row>
  ) {
    for y in 0..<8 {
      let line = min(row * 8 + y, height - 1) * width
      var samples = BlockTransform.Row()
      for x in 0..<8 { samples[x] = delta[line + min(column * 8 + x, width - 1)] }
      block[y] = samples
    }
  }

  @inline(__always)
  private func quantise(
    _ block: UnsafeMutablePointer<BlockTransform.Row>, _ coefficients: UnsafeMutablePointer<Int16>
  ) -> Double {
    var squares: Float = 0
    for index in 0..<64 {
      let old = Float(coefficients[index]) * steps[index]
      let step = newSteps[index]
      let level = ((old + block[index / 8][index % 8]) / step).rounded(.toNearestOrEven)
      // What eight bits and their differences can be coded with (T.81, F.1.2).
      let new = min(max(level, index == 0 ? -1024 : -1023), 1023)
      coefficients[index] = Int16(new)
      let moved = new * step - old
      squares += moved * moved
    }
    return Double(squares)
  }
}
