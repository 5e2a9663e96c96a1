import MarkCode
package import MarkKeys

/// Where a message stands in the lowest bits of pixels; `docs/pixel-bit-mark.md` has the exact rules.
///
/// Tiles of 64 x 32 pixels have 1520 places in a keyed order, ten for each of the 152 bits of message
/// and CRC, each whitened with a keyed bit of its own. Tiles are repeated, alike in every colour. It
/// lives as long as samples do, through cutting, flips and turns by right angles, and not through
/// anything that changes samples.
package struct PixelBitMark: Sendable {
  /// Pixels of a row of a tile.
  package static let width = 64
  /// Rows of a tile.
  package static let height = 32
  private static let placeCount = 10 * MessageCode.informationBits

  /// A mark that was found.
  package struct Detection: Sendable {
    package var message: Message
    /// The part of all places that agree with the message, 0...1.
    package var agreement: Double
    /// Natural logarithm of the bound on a detection by chance.
    package var logBound: Double
    /// How the picture lies: turned clockwise by so many degrees, after any mirroring.
    package var rotation: Int
    package var isMirrored: Bool
  }

  /// For each place, the pixel of the tile, row by row.
  private let pixelOfPlace: [Int]
  /// For each place, the bit that is added to what it carries.
  private let maskOfPlace: [UInt8]

  /// Derives places and masks of a key.
  package init(key: MarkKey) {
    var stream = PRFStream(key: key.subKey(.code), domain: 3, index: 0)
    pixelOfPlace = Array(stream.permutation(Self.width * Self.height).prefix(Self.placeCount))
    maskOfPlace = (0..<Self.placeCount).map { _ in UInt8(stream.next(below: 2)) }
  }

  /// The bit of every pixel of a tile, nil where none is written.
  package func bits(of message: Message) -> [UInt8?] {
    let information = Information(high: message.high, low: message.low)
    var bits = [UInt8?](repeating: nil, count: Self.width * Self.height)
    for place in 0..<Self.placeCount {
      bits[pixelOfPlace[place]] =
        information[place % MessageCode.informationBits] ^ maskOfPlace[place]
    }
    return bits
  }

  /// Reads a message, wherever the picture was cut and however it was turned.
  ///
  /// - Parameters:
  ///   - balance: for the place of a pixel in squares of 64 x 64, row by row, lowest bits 0 minus
  ///     lowest bits 1.
  ///   - logThreshold: natural logarithm of the largest bound that counts as a detection.
  /// - Returns: the message that is found best, nil for none.
  package func detect(balance: [Int], logThreshold: Double) -> Detection? {
    let side = Self.width
    precondition(balance.count == side * side)
    var best: Detection?
    for orientation in 0..<8 {
      let (isTransposed, isMirrored) = (orientation & 4 != 0, orientation & 1 != 0)
      let isFlipped = orientation & 2 != 0
      var tile = [Float](repeating: 0, count: side * Self.height)
      for y in 0..<side {
        for x in 0..<side {
          let column = isMirrored ? side - 1 - x : x
          let row = isFlipped ? side - 1 - y : y
          let from = isTransposed ? column * side + row : row * side + column
          tile[y % Self.height * side + x] += Float(balance[from])
        }
      }
      guard let found = read(tile, orientation, logThreshold) else { continue }
      if found.logBound < best?.logBound ?? 0 { best = found }
    }
    return best
  }

  /// Tries every place at which the tiles may begin.
  private func read(
    _ tile: [Float], _ orientation: Int, _ logThreshold: Double
  ) -> Detection? {
    var best: Detection?
    var values = [Float](repeating: 0, count: Self.placeCount)
    for start in 0..<tile.count {
      let (left, top) = (start % Self.width, start / Self.width)
      var sums = [Float](repeating: 0, count: MessageCode.informationBits)
      var bit = 0
      for place in 0..<Self.placeCount {
        let pixel = pixelOfPlace[place]
        let x = (pixel % Self.width + left) % Self.width
        let y = (pixel / Self.width + top) % Self.height
        let value = tile[y * Self.width + x]
        values[place] = value
        sums[bit] += maskOfPlace[place] == 0 ? value : -value
        bit = bit == MessageCode.informationBits - 1 ? 0 : bit + 1
      }
      let information = Self.decided(sums)
      guard information.isConsistent else { continue }
      let found = detection(information, values, orientation)
      if found.logBound < min(logThreshold, best?.logBound ?? 0) { best = found }
    }
    return best
  }

  private static func decided(_ sums: [Float]) -> Information {
    var (high, low, check): (UInt64, UInt64, UInt32) = (0, 0, 0)
    for bit in 0..<MessageCode.informationBits where sums[bit] < 0 {
      if bit < 64 {
        high |= 1 << UInt64(63 - bit)
      } else if bit < 128 {
        low |= 1 << UInt64(127 - bit)
      } else {
        check |= 1 << UInt32(151 - bit)
      }
    }
    return Information(high: high, low: low, check: check)
  }

  private func detection(
    _ information: Information, _ values: [Float], _ orientation: Int
  ) -> Detection {
    var correlation = 0.0
    var (agreeing, counted) = (0, 0)
    for place in 0..<Self.placeCount {
      let bit = information[place % MessageCode.informationBits] ^ maskOfPlace[place]
      let signed = bit == 0 ? values[place] : -values[place]
      correlation += Double(signed)
      if signed != 0 { counted += 1 }
      if signed > 0 { agreeing += 1 }
    }
    let one = values.withUnsafeBufferPointer {
      FalsePositiveBound.logarithm(soft: $0, correlation: correlation)
    }
    let (isMirrored, rotation) = Self.pose(orientation)
    return Detection(
      message: Message(high: information.high, low: information.low),
      agreement: Double(agreeing) / Double(max(counted, 1)),
      logBound: FalsePositiveBound.overMessages(
        logarithm: one, attempts: 8 * Self.width * Self.height),
      rotation: rotation, isMirrored: isMirrored)
  }

  /// What has to be done to the original to get a picture that reads right in an orientation.
  private static func pose(_ orientation: Int) -> (isMirrored: Bool, rotation: Int) {
    switch orientation {
    case 0: (false, 0)
    case 1: (true, 0)
    case 2: (true, 180)
    case 3: (false, 180)
    case 4: (true, 270)
    case 5: (false, 270)
    case 6: (false, 90)
    default: (true, 90)
    }
  }
}
