import Glibc
package import MarkKeys

/// Marks the frames of a film with a message.
///
/// All frames of a stretch have the same tile, which adds up over time while the scene moves. Its
/// origin changes from stretch to stretch by the key, so that the mark cannot be had by averaging
/// the frames of the film.
package final class FilmMarker {
  /// Frames of a stretch.
  package static let stretch = 48

  private let tile: FloatMap
  private let side: Int
  private let originKey: Secret
  private let allowed: Float
  private let width: Int
  private let height: Int
  private var origin = SIMD2(0, 0)
  private var current = -1

  /// - Parameters:
  ///   - key: whoever has it can read the mark.
  ///   - message: what the mark says.
  ///   - width: of the frames, samples of luma.
  ///   - height: of the frames.
  ///   - psnr: of each marked frame's luma, dB, 30...60.
  /// - Throws: `ImageMarkError.psnr` for a value outside the range.
  package init(
    key: MarkKey, message: ImageMessage, width: Int, height: Int, psnr: Double = 44
  ) throws(ImageMarkError) {
    guard psnr >= 30 && psnr <= 60 else { throw .psnr(psnr) }
    (self.width, self.height) = (width, height)
    // Rounding to whole levels adds a twelfth to the mean square of the difference.
    let square = Float(255 * 255 / pow(10, (psnr + 0.01) / 10))
    allowed = max(square - 1 / 12, square / 2)
    side = ImageTile.period(width: width, height: height)
    originKey = key.subKey(.imageTile)
    let lattice = CarrierLattice(key: key)
    let code = ImageCode(
      key: key, messageBits: message.bitCount, carriers: lattice.carriers.count)
    tile = TileTransform(side: side).tile(
      TileWaves(lattice: lattice, chips: code.chips(message)).coefficients())
  }

  /// Makes the mark for a frame; frames come in their order.
  ///
  /// - Parameters:
  ///   - frame: its luma, on the scale 0...255.
  ///   - number: of the frame, from 0.
  /// - Returns: what to add to the luma, neither rounded nor clipped.
  package func mark(_ frame: LumaPlane, number: Int) -> LumaPlane {
    precondition(frame.width == width && frame.height == height)
    if number / Self.stretch != current {
      current = number / Self.stretch
      var stream = PRFStream(key: originKey, domain: 3, index: UInt64(current))
      origin = SIMD2(stream.next(below: side), stream.next(below: side))
    }
    // The mask need not be finer than every second sample.
    let luma = FloatMap(frame)
    let mask = PerceptualMask.factors(
      AreaReduction.halved(luma), period: max(side / 2, 1))
    var samples = [Float](repeating: 0, count: luma.count)
    var energy = 0.0
    samples.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      for y in 0..<height {
        let out = base + y * width
        let wave = tile.row((y + origin.y) % side)
        let factor = mask.row(min(y / 2, mask.height - 1))
        var x = 0
        while x < width {
          let first = (x + origin.x) % side
          let count = min(side - first, width - x)
          for i in 0..<count { out[x + i] = wave[first + i] }
          x += count
        }
        energy += Double(Self.multiply(out, by: factor, last: mask.width - 1, count: width))
      }
      let gain = energy > 0 ? (allowed * Float(luma.count) / Float(energy)).squareRoot() : 0
      for i in 0..<luma.count { base[i] *= gain }
    }
    return LumaPlane(width: width, height: height, samples: samples)
  }

  /// Multiplies a row with a mask of half its width; returns the sum of squares.
  @inline(__always)
  private static func multiply(
    _ row: UnsafeMutablePointer<Float>, by mask: UnsafeMutablePointer<Float>, last: Int, count: Int
  ) -> Float {
    var sums = SIMD8<Float>.zero
    var x = 0
    while x + 8 <= count && x / 2 + 3 <= last {
      let at = mask + x / 2
      let (a, b, c, d) = (at[0], at[1], at[2], at[3])
      let place = UnsafeMutableRawPointer(row + x)
      let value =
        place.loadUnaligned(as: SIMD8<Float>.self) * SIMD8(a, a, b, b, c, c, d, d)
      place.storeBytes(of: value, as: SIMD8<Float>.self)
      sums += value * value
      x += 8
    }
    var sum = sums.sum()
    while x < count {
      row[x] *= mask[min(x / 2, last)]
      sum += row[x] * row[x]
      x += 1
    }
    return sum
  }
}
