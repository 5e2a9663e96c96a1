/// What a sample can be.
typealias StoredSample = FixedWidthInteger & UnsignedInteger

extension Raster {
  /// The luma of every pixel (ITU-R BT.601), 0...255 whatever the depth, over white where the picture
  /// is transparent.
  package func luma() -> [Float] {
    bitDepth == 8 ? luma(of: UInt8.self) : luma(of: UInt16.self)
  }

  /// Adds the same to all colours of a pixel, rounded and kept within the range of samples.
  ///
  /// Pixels that are wholly transparent stay as they are, and none becomes so.
  ///
  /// - Parameter delta: for every pixel, in steps of 255 to the full scale.
  /// - Returns: the mean square of the changes made, in the same steps.
  package mutating func add(_ delta: [Float]) -> Double {
    precondition(delta.count == width * height)
    return bitDepth == 8 ? add(delta, to: UInt8.self) : add(delta, to: UInt16.self)
  }

  private func luma<Sample: StoredSample>(of _: Sample.Type) -> [Float] {
    let scale = 255 / Float(Sample.max)
    let opacity = 1 / Float(Sample.max)
    let step = channelCount
    return bytes.withUnsafeBytes { raw in
      let samples = raw.bindMemory(to: Sample.self)
      return [Float](unsafeUninitializedCapacity: width * height) { luma, count in
        count = width * height
        for pixel in 0..<count {
          let place = pixel * step
          var value =
            colorCount == 1
            ? Float(samples[place])
            : 0.299 * Float(samples[place]) + 0.587 * Float(samples[place + 1])
              + 0.114 * Float(samples[place + 2])
          value *= scale
          if hasAlpha {
            value = 255 + (value - 255) * (Float(samples[place + colorCount]) * opacity)
          } else if isTransparent(samples, place) {
            value = 255
          }
          luma[pixel] = value
        }
      }
    }
  }

  private mutating func add<Sample: StoredSample>(_ delta: [Float], to _: Sample.Type) -> Double {
    let scale = Float(Sample.max) / 255
    let most = Int32(Sample.max)
    let step = channelCount
    let (colors, pixels) = (colorCount, width * height)
    let (withAlpha, key) = (hasAlpha, transparentColor)
    var squares = 0.0
    bytes.withUnsafeMutableBytes { raw in
      let samples = raw.bindMemory(to: Sample.self)
      for pixel in 0..<pixels {
        let place = pixel * step
        if withAlpha, samples[place + colors] == 0 { continue }
        let change = Int32((delta[pixel] * scale).rounded(.toNearestOrEven))
        if change == 0 { continue }
        var old: (Int32, Int32, Int32) = (0, 0, 0)
        old.0 = Int32(samples[place])
        if colors == 3 { old = (old.0, Int32(samples[place + 1]), Int32(samples[place + 2])) }
        let new = (
          min(max(old.0 + change, 0), most), min(max(old.1 + change, 0), most),
          min(max(old.2 + change, 0), most)
        )
        if let key, Self.matches(old, key) || Self.matches(new, key) { continue }
        samples[place] = Sample(truncatingIfNeeded: new.0)
        squares += Double((new.0 - old.0) * (new.0 - old.0))
        if colors == 3 {
          samples[place + 1] = Sample(truncatingIfNeeded: new.1)
          samples[place + 2] = Sample(truncatingIfNeeded: new.2)
          squares += Double((new.1 - old.1) * (new.1 - old.1))
          squares += Double((new.2 - old.2) * (new.2 - old.2))
        }
      }
    }
    return squares / Double(pixels * colors) / Double(scale * scale)
  }

  /// Whether a pixel has the colour that stands for transparency.
  @inline(__always)
  private func isTransparent<Sample: StoredSample>(
    _ samples: UnsafeBufferPointer<Sample>, _ place: Int
  ) -> Bool {
    guard let transparentColor else { return false }
    for color in 0..<colorCount where UInt16(samples[place + color]) != transparentColor[color] {
      return false
    }
    return true
  }

  private static func matches(_ pixel: (Int32, Int32, Int32), _ key: [UInt16]) -> Bool {
    pixel.0 == Int32(key[0])
      && (key.count == 1 || pixel.1 == Int32(key[1]) && pixel.2 == Int32(key[2]))
  }
}
