import Glibc
package import MarkKeys

/// Marks the frames of a film, one after the other, in place: with a message, or as a variant of its
/// segments.
package final class FilmMarker {
  /// Samples of a frame's side, at least.
  package static let leastSide = 16

  /// Samples of a line and lines.
  private let width: Int
  private let height: Int
  private let framesPerSecond: Double
  /// Mean square of the difference that is allowed, on the scale 0...255.
  private let allowed: Float
  private let period: Int
  private let origins: FilmOrigins
  /// The tile's waves, by stretch.
  private let coefficients: (Int) -> [SIMD2<Float>]
  private let transform: TileTransform
  private let mask: FilmMask
  /// Two rows of factors, spread over a line, and which they are.
  private let above: FloatMap
  private let below: FloatMap

  private var tile: FloatMap
  private var stretch = -1
  private var film: UInt64?
  private var frame = 0
  private var squares = 0.0
  /// What rounding and clipping asked for so far; rounding alone asks for this.
  private var correction: Float = 0.98

  /// - Parameters:
  ///   - key: whoever has it can read the mark.
  ///   - message: what the mark says.
  ///   - psnr: of the luma of a marked frame, dB, 30...60; more is fainter.
  ///   - width: samples of a line of luma, `leastSide` or more.
  ///   - height: lines, as many.
  ///   - framesPerSecond: 0.1...1000.
  /// - Throws: `ImageMarkError` for what is outside these ranges.
  package convenience init(
    key: MarkKey, message: ImageMessage, psnr: Double = 44, width: Int, height: Int,
    framesPerSecond: Double
  ) throws(ImageMarkError) {
    let lattice = CarrierLattice(key: key)
    let code = ImageCode(
      key: key, messageBits: message.bitCount, carriers: lattice.carriers.count)
    let coefficients = TileWaves(lattice: lattice, chips: code.chips(message)).coefficients()
    try self.init(
      key: key, psnr: psnr, width: width, height: height, framesPerSecond: framesPerSecond
    ) { _ in coefficients }
  }

  /// Marks a film as a variant of all its segments.
  ///
  /// - Parameters:
  ///   - key: whoever has it can read the mark.
  ///   - title: the handle of the content.
  ///   - variant: which of the two.
  ///   - psnr: of the luma of a marked frame, dB, 30...60; more is fainter.
  ///   - width: samples of a line of luma, `leastSide` or more.
  ///   - height: lines, as many.
  ///   - framesPerSecond: 0.1...1000.
  /// - Throws: `ImageMarkError` for what is outside these ranges.
  package convenience init(
    key: MarkKey, segmentsOf title: String, variant: FilmVariant, psnr: Double = 44, width: Int,
    height: Int, framesPerSecond: Double
  ) throws(ImageMarkError) {
    let lattice = CarrierLattice(key: key)
    let code = ImageCode(segmentsOf: key, carriers: lattice.carriers.count)
    let tag = FilmSegment.tag(of: title)
    try self.init(
      key: key, psnr: psnr, width: width, height: height, framesPerSecond: framesPerSecond
    ) { stretch in
      let number = stretch % (1 << FilmSegment.numberBits)
      let segment = FilmSegment(titleTag: tag, number: number, variant: variant)
      return TileWaves(lattice: lattice, chips: code.chips(segment)).coefficients()
    }
  }

  /// The segment that a frame belongs to.
  ///
  /// - Parameters:
  ///   - frame: counted from 0.
  ///   - framesPerSecond: 0.1...1000.
  /// - Returns: counted from 0, each `FilmOrigins.seconds` long.
  package static func segment(ofFrame frame: Int, framesPerSecond: Double) -> Int {
    Int(Double(frame) / framesPerSecond / FilmOrigins.seconds)
  }

  private init(
    key: MarkKey, psnr: Double, width: Int, height: Int, framesPerSecond: Double,
    coefficients: @escaping (Int) -> [SIMD2<Float>]
  ) throws(ImageMarkError) {
    guard psnr >= 30 && psnr <= 60 else { throw .psnr(psnr) }
    guard min(width, height) >= Self.leastSide else {
      throw .smallFrames(width: width, height: height)
    }
    self.width = width
    self.height = height
    self.framesPerSecond = framesPerSecond
    // Frames differ from what those before let expect, by about so many dB.
    allowed = Float(255 * 255 / pow(10, (psnr + 0.17) / 10))
    period = Self.period(width: width, height: height)
    origins = FilmOrigins(key: key)
    self.coefficients = coefficients
    transform = TileTransform(side: period)
    mask = FilmMask(width: width, height: height, period: period)
    above = FloatMap(width: width, height: 1)
    below = FloatMap(width: width, height: 1)
    tile = FloatMap(width: 1, height: 1)
  }

  /// The side of the tiles of a film, in samples.
  ///
  /// Larger than in pictures: a film has many frames to find the tile by, and longer waves are what
  /// small frames keep through codecs and cameras.
  static func period(width: Int, height: Int) -> Int {
    let short = Float(min(width, height))
    return Int(max(min(max(short / 1.6, 192), 288), short / 2.8))
  }

  /// Marks the next frame of a film of 8 bits.
  ///
  /// - Parameter luma: `width` x `height` samples, row by row.
  package func mark(_ luma: UnsafeMutableBufferPointer<UInt8>) {
    guard let base = luma.baseAddress, luma.count == width * height else { return }
    work(base, scale: 1, highest: 255)
  }

  /// Marks the next frame of a film of more bits.
  ///
  /// - Parameters:
  ///   - luma: `width` x `height` samples, row by row.
  ///   - depth: bits of a sample, 9...16.
  package func mark(_ luma: UnsafeMutableBufferPointer<UInt16>, depth: Int) {
    guard let base = luma.baseAddress, luma.count == width * height else { return }
    work(base, scale: 1 / Float(1 << (depth - 8)), highest: Float(1 << depth) - 1)
  }

  @inline(__always)
  private func work<Sample: FixedWidthInteger & UnsignedInteger>(
    _ luma: UnsafeMutablePointer<Sample>, scale: Float, highest: Float
  ) {
    let film = film ?? Self.number(luma, count: width * height, scale: scale)
    self.film = film
    let now = Self.segment(ofFrame: frame, framesPerSecond: framesPerSecond)
    if now != stretch {
      stretch = now
      tile = transform.tile(
        TileWaves.moved(coefficients(now), by: origins.origin(stretch: now, film: film)))
      var sum: Float = 0
      for i in 0..<tile.count { sum += tile.values[i] * tile.values[i] }
      let factor = 1 / (sum / Float(tile.count)).squareRoot()
      for i in 0..<tile.count { tile.values[i] *= factor }
    }
    mask.update(luma, scale: scale)
    let strength = (allowed / mask.power).squareRoot() * correction
    let error = add(strength / scale, to: luma, highest: highest) * scale * scale
    if error > 0 {
      let ratio = (allowed / error).squareRoot()
      correction = min(max(correction * (1 + 0.5 * (ratio - 1)), 0.5), 1.5)
    }
    frame += 1
    squares += Double(error)
  }

  /// Peak signal-to-noise ratio of the luma of all frames so far, dB; nil where nothing changed.
  package var reachedPSNR: Double? {
    squares > 0 ? 10 * log10(255 * 255 / (squares / Double(frame))) : nil
  }

  /// Adds the tile times the mask; the mean square of what changed.
  @inline(__always)
  private func add<Sample: FixedWidthInteger & UnsignedInteger>(
    _ strength: Float, to luma: UnsafeMutablePointer<Sample>, highest: Float
  ) -> Float {
    let side = Float(mask.blockSide)
    var rowAbove = Int.min
    var total: Double = 0
    for y in 0..<height {
      let place = (Float(y) + 0.5) / side - 0.5
      let block = Int(place.rounded(.down))
      let share = place - Float(block)
      if block != rowAbove {
        mask.expand(row: block, into: above.values)
        mask.expand(row: block + 1, into: below.values)
        rowAbove = block
      }
      let wave = tile.row(y % period)
      let row = luma + y * width
      var x = 0
      var sum: Float = 0
      while x < width {
        let count = min(period, width - x)
        let (samples, first, second) = (row + x, above.values + x, below.values + x)
        for i in 0..<count {
          let factor = first[i] + (second[i] - first[i]) * share
          let old = Float(samples[i])
          let value = old + strength * factor * wave[i]
          let limited = min(max(value, 0), highest)
          // To the next whole number.
          let new = Int32(limited + 0.5)
          samples[i] = Sample(truncatingIfNeeded: new)
          let change = Float(new) - old
          sum += change * change
        }
        x += count
      }
      total += Double(sum)
    }
    return Float(total / Double(width * height))
  }

  /// A number that is the same for all copies of a film: FNV-1a over the first frame, at 8 bits.
  static func number<Sample: FixedWidthInteger & UnsignedInteger>(
    _ luma: UnsafeMutablePointer<Sample>, count: Int, scale: Float
  ) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for i in 0..<count {
      hash = (hash ^ UInt64(Float(luma[i]) * scale)) &* 0x100_0000_01b3
    }
    return hash
  }
}
