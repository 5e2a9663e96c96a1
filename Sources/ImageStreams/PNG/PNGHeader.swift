/// What the chunk IHDR of a PNG file says.
struct PNGHeader: Equatable {
  var width: Int
  var height: Int
  /// Bits of a sample, or of a palette index: 1, 2, 4, 8 or 16.
  var bitDepth: Int
  /// 0 gray, 2 colour, 3 palette, 4 gray with alpha, 6 colour with alpha.
  var colorType: Int
  var isInterlaced: Bool

  static let palette = 3

  /// - Parameter bytes: the contents of the chunk.
  /// - Throws: a text that says what is wrong.
  init(_ bytes: [UInt8]) throws {
    guard bytes.count == 13 else { throw PNGFault("IHDR has \(bytes.count) bytes instead of 13") }
    width = Int(PNGChunk.number(bytes, at: 0))
    height = Int(PNGChunk.number(bytes, at: 4))
    bitDepth = Int(bytes[8])
    colorType = Int(bytes[9])
    isInterlaced = bytes[12] == 1
    let depths = [0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16]]
    guard depths[colorType]?.contains(bitDepth) == true else {
      throw PNGFault("there is no colour type \(colorType) with \(bitDepth) bits")
    }
    guard bytes[10] == 0, bytes[11] == 0, bytes[12] < 2 else {
      throw PNGFault("its compression, filter or interlace method is none that is known")
    }
    guard width < 1 << 31, height < 1 << 31 else { throw PNGFault("it has no possible size") }
  }

  /// Samples of a pixel as stored.
  var channelCount: Int { [0: 1, 2: 3, 3: 1, 4: 2, 6: 4][colorType] ?? 1 }

  /// Bytes of all rows before compression, without interlacing, which only adds to them.
  var rawByteCount: Int { ((width * channelCount * bitDepth + 7) / 8 + 1) * height }
}

/// What is wrong with a part of a PNG file.
struct PNGFault: Error {
  let reason: String

  init(_ reason: String) { self.reason = reason }
}
