/// The colours of a palette, and what a picture becomes when its colours have to be more.
struct PNGPalette {
  /// Red, green and blue of each entry.
  let colors: [(UInt8, UInt8, UInt8)]
  /// The opacity of the first entries; the others are opaque.
  let opacities: [UInt8]

  /// - Parameters:
  ///   - bytes: the contents of PLTE.
  ///   - opacities: the contents of tRNS.
  /// - Throws: what is wrong with them.
  init(_ bytes: [UInt8], opacities: [UInt8]) throws {
    guard bytes.count.isMultiple(of: 3), (1...256).contains(bytes.count / 3) else {
      throw PNGFault("PLTE has \(bytes.count) bytes")
    }
    guard opacities.count <= bytes.count / 3 else { throw PNGFault("tRNS is longer than PLTE") }
    colors = stride(from: 0, to: bytes.count, by: 3).map {
      (bytes[$0], bytes[$0 + 1], bytes[$0 + 2])
    }
    self.opacities = opacities
  }

  /// Whether all entries are gray.
  var isGray: Bool { colors.allSatisfy { $0.0 == $0.1 && $0.1 == $0.2 } }
  /// Whether some entries are not opaque.
  var hasAlpha: Bool { opacities.contains { $0 < 255 } }

  /// The samples of a picture of palette indices: gray or colour of 8 bits, with alpha where entries
  /// are not opaque.
  ///
  /// - Parameters:
  ///   - indices: one for each pixel.
  ///   - width: of the picture.
  ///   - height: of the picture.
  /// - Returns: the picture with 8 bits a sample.
  /// - Throws: `PNGFault` for an index without entry.
  func raster(of indices: [UInt8], width: Int, height: Int) throws -> Raster {
    if let index = indices.max(), Int(index) >= colors.count {
      throw PNGFault(
        "a pixel has the palette index \(index), and there are \(colors.count) entries")
    }
    let entries = colors.enumerated().map { index, color -> [UInt8] in
      let opacity = index < opacities.count ? opacities[index] : 255
      return (isGray ? [color.0] : [color.0, color.1, color.2]) + (hasAlpha ? [opacity] : [])
    }
    let count = entries[0].count
    let table = entries.flatMap(\.self)
    let bytes = [UInt8](unsafeUninitializedCapacity: indices.count * count) { bytes, filled in
      var place = 0
      for index in indices {
        for channel in 0..<count { bytes[place + channel] = table[Int(index) * count + channel] }
        place += count
      }
      filled = place
    }
    return Raster(
      width: width, height: height, colorCount: isGray ? 1 : 3, hasAlpha: hasAlpha, bitDepth: 8,
      transparentColor: nil, bytes: bytes)
  }
}
