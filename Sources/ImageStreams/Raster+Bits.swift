/// Bits for a rectangle of pixels, which is repeated over a picture.
package struct BitTile: Sendable {
  /// Pixels of a row of it.
  package let width: Int
  /// Rows of it.
  package let height: Int
  /// For every pixel, row by row, its bit; nil where nothing is written.
  package let bits: [UInt8?]

  /// - Parameters:
  ///   - width: pixels of a row.
  ///   - height: rows.
  ///   - bits: `width * height` of 0, 1 and nil.
  package init(width: Int, height: Int, bits: [UInt8?]) {
    precondition(bits.count == width * height)
    self.width = width
    self.height = height
    self.bits = bits
  }
}

extension Raster {
  /// Sets the lowest bits of all colours of the pixels that have a bit in the tile, beginning in the
  /// upper left corner.
  ///
  /// Pixels that are wholly transparent stay as they are, and none becomes so.
  ///
  /// - Parameter tile: the bits.
  /// - Returns: the mean square of the changes, in steps of 255 to full scale.
  package mutating func setLowestBits(_ tile: BitTile) -> Double {
    bitDepth == 8 ? setLowestBits(tile, of: UInt8.self) : setLowestBits(tile, of: UInt16.self)
  }

  /// Counts lowest bits 0 minus lowest bits 1, over all colours, by the place of a pixel in squares.
  ///
  /// - Parameters:
  ///   - side: of the squares, in pixels, of which the first one lies in the upper left corner.
  ///   - rows: those that are looked at, at least 0.
  /// - Returns: `side * side` counts, row by row.
  package func lowestBitBalance(side: Int, rows: Int) -> [Int] {
    bitDepth == 8
      ? lowestBitBalance(side, rows, of: UInt8.self)
      : lowestBitBalance(side, rows, of: UInt16.self)
  }

  private mutating func setLowestBits<Sample: StoredSample>(
    _ tile: BitTile, of _: Sample.Type
  ) -> Double {
    let (width, height, colors, step) = (width, height, colorCount, channelCount)
    let (withAlpha, key) = (hasAlpha, transparentColor.map { $0.map { Sample($0) } })
    var changes = 0
    bytes.withUnsafeMutableBytes { raw in
      let samples = raw.bindMemory(to: Sample.self)
      for y in 0..<height {
        for x in 0..<width {
          guard let bit = tile.bits[y % tile.height * tile.width + x % tile.width] else { continue }
          let place = (y * width + x) * step
          if withAlpha, samples[place + colors] == 0 { continue }
          if let key {
            let old = samples[place..<place + colors]
            let becomes = old.lazy.map { $0 & ~1 | Sample(bit) }
            if old.elementsEqual(key) || becomes.elementsEqual(key) { continue }
          }
          for color in place..<place + colors where samples[color] & 1 != Sample(bit) {
            samples[color] ^= 1
            changes += 1
          }
        }
      }
    }
    let step255 = 255 / Double(Sample.max)
    return Double(changes) * step255 * step255 / Double(width * height * colors)
  }

  private func lowestBitBalance<Sample: StoredSample>(
    _ side: Int, _ rows: Int, of _: Sample.Type
  ) -> [Int] {
    var balance = [Int](repeating: 0, count: side * side)
    bytes.withUnsafeBytes { raw in
      let samples = raw.bindMemory(to: Sample.self)
      for y in 0..<min(rows, height) {
        for x in 0..<width {
          let place = (y * width + x) * channelCount
          if hasAlpha, samples[place + colorCount] == 0 { continue }
          var sum = 0
          for color in place..<place + colorCount { sum += samples[color] & 1 == 0 ? 1 : -1 }
          balance[y % side * side + x % side] += sum
        }
      }
    }
    return balance
  }
}
