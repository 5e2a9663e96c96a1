import CZlib
import _TestSupport

/// PNG files made without libpng, of every kind there is, rightly or wrongly.
struct PNGBytes {
  var width = 61
  var height = 37
  var colorType = 2
  var bitDepth = 8
  var isInterlaced = false
  /// Entries of the palette, and how many of them have an opacity.
  var paletteCount = 0
  var opacityCount = 0
  /// Chunks before the palette, before the pixels, and behind them.
  var first: [[UInt8]] = []
  var middle: [[UInt8]] = []
  var last: [[UInt8]] = []
  /// For every pixel its samples, or its palette index.
  var samples: [UInt16] = []

  static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  var channels: Int { [0: 1, 2: 3, 3: 1, 4: 2, 6: 4][colorType] ?? 1 }
  var palette: [UInt8] { (0..<3 * paletteCount).map { UInt8(truncatingIfNeeded: $0 &* 89) } }
  var opacities: [UInt8] { (0..<opacityCount).map { UInt8(truncatingIfNeeded: $0 &* 37) } }

  /// Makes random samples.
  mutating func fill(_ generator: inout SeededGenerator) {
    let most = colorType == 3 ? paletteCount - 1 : 1 << bitDepth - 1
    samples = (0..<width * height * channels).map { _ in
      UInt16(Int.random(in: 0...most, using: &generator))
    }
  }

  var bytes: [UInt8] {
    var file = Self.signature + header
    file += first.flatMap(\.self)
    if colorType == 3 { file += Self.chunk("PLTE", palette) }
    if opacityCount > 0 { file += Self.chunk("tRNS", opacities) }
    file += middle.flatMap(\.self)
    let coded = Self.deflated(rows)
    // In two chunks.
    file += Self.chunk("IDAT", coded[..<(coded.count / 2)])
    file += Self.chunk("IDAT", coded[(coded.count / 2)...])
    return file + last.flatMap(\.self) + Self.chunk("IEND", [])
  }

  var header: [UInt8] {
    Self.chunk(
      "IHDR",
      Self.big(width) + Self.big(height) + [
        UInt8(bitDepth), UInt8(colorType), 0, 0, isInterlaced ? 1 : 0,
      ])
  }

  /// The rows as they are compressed, without filters.
  private var rows: [UInt8] {
    if !isInterlaced { return rows(x: 0, y: 0, stepX: 1, stepY: 1) }
    return [
      (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
      (0, 1, 1, 2),
    ].flatMap { rows(x: $0.0, y: $0.1, stepX: $0.2, stepY: $0.3) }
  }

  private func rows(x: Int, y: Int, stepX: Int, stepY: Int) -> [UInt8] {
    if x >= width { return [] }
    var bytes: [UInt8] = []
    for row in stride(from: y, to: height, by: stepY) {
      bytes.append(0)
      var bits = 0
      var byte = 0
      for column in stride(from: x, to: width, by: stepX) {
        for channel in 0..<channels {
          let value = Int(samples[(row * width + column) * channels + channel])
          if bitDepth == 16 { bytes += [UInt8(value >> 8), UInt8(value & 255)] }
          if bitDepth == 8 { bytes.append(UInt8(value)) }
          if bitDepth >= 8 { continue }
          byte = byte << bitDepth | value
          bits += bitDepth
          if bits == 8 {
            bytes.append(UInt8(byte))
            (bits, byte) = (0, 0)
          }
        }
      }
      if bits > 0 { bytes.append(UInt8(byte << (8 - bits))) }
    }
    return bytes
  }

  static func chunk(_ type: String, _ contents: some Collection<UInt8>) -> [UInt8] {
    let covered = Array(type.utf8) + contents
    return big(contents.count) + covered + big(Int(crc32_z(0, covered, covered.count)))
  }

  static func big(_ value: Int) -> [UInt8] {
    withUnsafeBytes(of: UInt32(value).bigEndian, Array.init)
  }

  static func deflated(_ bytes: [UInt8]) -> [UInt8] {
    var count = compressBound(uLong(bytes.count))
    var result = [UInt8](repeating: 0, count: Int(count))
    compress(&result, &count, bytes, uLong(bytes.count))
    return Array(result.prefix(Int(count)))
  }

  /// The chunks of a file by type, in order, without the pixels.
  static func chunks(_ file: [UInt8]) -> [[UInt8]] {
    var chunks: [[UInt8]] = []
    var place = 8
    while place + 12 <= file.count {
      let count = file[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
      let end = min(place + 12 + count, file.count)
      if !file[place + 4..<place + 8].elementsEqual("IDAT".utf8) {
        chunks.append(Array(file[place..<end]))
      }
      place = end
    }
    return chunks
  }
}
