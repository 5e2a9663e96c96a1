import Glibc
import _TestSupport

@testable import ImageMark

/// Pictures made of seeded noise, and what happens to pictures.
enum TestPicture {
  /// Clouds on every scale with some flat discs, like a photograph's spectrum.
  static func textured(width: Int, height: Int, seed: UInt64) -> LumaPlane {
    var random = SeededGenerator(seed: seed)
    let map = FloatMap(width: width, height: height)
    for i in 0..<map.count { map.values[i] = 128 }
    for (sigma, strength) in [(0, 4), (1.5, 8), (4, 12), (12, 20), (40, 40)] as [(Float, Float)] {
      let layer = FloatMap(width: width, height: height)
      for i in 0..<layer.count { layer.values[i] = .random(in: -1...1, using: &random) }
      if sigma > 0 { BoxBlur(sigma: sigma).blur(layer) }
      var power: Float = 0
      for i in 0..<layer.count { power += layer.values[i] * layer.values[i] }
      let scale = strength / (power / Float(layer.count)).squareRoot()
      for i in 0..<layer.count { map.values[i] += scale * layer.values[i] }
    }
    for _ in 0..<6 {
      let (x, y) = (
        Int.random(in: 0..<width, using: &random), Int.random(in: 0..<height, using: &random)
      )
      let radius = Int.random(in: 10...40, using: &random)
      let level = Float.random(in: 20...235, using: &random)
      for row in max(0, y - radius)..<min(height, y + radius) {
        for column in max(0, x - radius)..<min(width, x + radius) {
          let (dx, dy) = (column - x, row - y)
          if dx * dx + dy * dy < radius * radius { map.row(row)[column] = level }
        }
      }
    }
    return rounded(plane(map))
  }

  static func plane(_ map: FloatMap) -> LumaPlane {
    LumaPlane(
      width: map.width, height: map.height,
      samples: Array(UnsafeBufferPointer(start: map.values, count: map.count)))
  }

  /// Rounded to 8 bits.
  static func rounded(_ picture: LumaPlane) -> LumaPlane {
    var result = picture
    for i in result.samples.indices {
      result.samples[i] = min(max(result.samples[i].rounded(), 0), 255)
    }
    return result
  }

  /// The picture with its mark, rounded to 8 bits.
  static func marked(_ host: LumaPlane, _ marker: ImageMarker) -> LumaPlane {
    var result = host
    let delta = marker.mark(host)
    for i in result.samples.indices { result.samples[i] += delta.samples[i] }
    return rounded(result)
  }

  /// Peak signal-to-noise ratio, dB.
  static func psnr(_ a: LumaPlane, _ b: LumaPlane) -> Double {
    var sum = 0.0
    for i in a.samples.indices {
      let difference = Double(a.samples[i] - b.samples[i])
      sum += difference * difference
    }
    return 10 * log10(255 * 255 * Double(a.samples.count) / sum)
  }

  /// A part of a picture.
  static func crop(_ picture: LumaPlane, x: Int, y: Int, width: Int, height: Int) -> LumaPlane {
    sampled(picture, width: width, height: height) { SIMD2(Float(x) + $0, Float(y) + $1) }
  }

  /// A picture whose samples come from other places of it, linear between samples.
  static func sampled(
    _ picture: LumaPlane, width: Int, height: Int, from place: (Float, Float) -> SIMD2<Float>
  ) -> LumaPlane {
    var samples = [Float](repeating: 0, count: width * height)
    for y in 0..<height {
      for x in 0..<width {
        let at = place(Float(x), Float(y))
        guard at.x >= 0, at.y >= 0, at.x <= Float(picture.width - 1),
          at.y <= Float(picture.height - 1)
        else { continue }
        let (column, row) = (min(Int(at.x), picture.width - 2), min(Int(at.y), picture.height - 2))
        let (fx, fy) = (at.x - Float(column), at.y - Float(row))
        func value(_ dx: Int, _ dy: Int) -> Float {
          picture.samples[(row + dy) * picture.width + column + dx]
        }
        let top = value(0, 0) + (value(1, 0) - value(0, 0)) * fx
        let bottom = value(0, 1) + (value(1, 1) - value(0, 1)) * fx
        samples[y * width + x] = top + (bottom - top) * fy
      }
    }
    return rounded(LumaPlane(width: width, height: height, samples: samples))
  }

  /// Turned clockwise about the middle.
  static func turned(_ picture: LumaPlane, degrees: Float) -> LumaPlane {
    let angle = -degrees * .pi / 180
    let (c, s) = (cos(angle), sin(angle))
    let middle = SIMD2(Float(picture.width - 1) / 2, Float(picture.height - 1) / 2)
    return sampled(picture, width: picture.width, height: picture.height) { x, y in
      let (dx, dy) = (x - middle.x, y - middle.y)
      return SIMD2(middle.x + c * dx - s * dy, middle.y + s * dx + c * dy)
    }
  }
}
