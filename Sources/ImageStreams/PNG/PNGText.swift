import CZlib

extension PNGPicture {
  /// The texts of the chunks tEXt, zTXt and iTXt, keyword included, expanded.
  var texts: [[UInt8]] { chunks.compactMap { text(of: $0) } }

  /// The text of a chunk; nil when it has none.
  func text(of chunk: PNGChunk) -> [UInt8]? {
    guard ["tEXt", "zTXt", "iTXt"].contains(chunk.type), chunk.contents.upperBound <= file.count
    else { return nil }
    let bytes = Array(file[chunk.contents])
    guard let end = bytes.firstIndex(of: 0) else { return bytes }
    switch chunk.type {
    case "zTXt": return bytes[..<end] + Self.expanded(bytes.dropFirst(end + 2))
    case "iTXt" where bytes.dropFirst(end + 1).first == 1:
      // Keyword, flag, method, language, translated keyword, each text ending with 0.
      let rest = bytes.dropFirst(end + 3)
      guard let language = rest.firstIndex(of: 0),
        let keyword = rest[(language + 1)...].firstIndex(of: 0)
      else { return bytes }
      return bytes[..<end] + Self.expanded(rest[(keyword + 1)...])
    default: return bytes
    }
  }

  /// The contents of a chunk iTXt without language.
  static func internationalText(keyword: String, _ text: String) -> [UInt8] {
    Array(keyword.utf8) + [0, 0, 0, 0, 0] + Array(text.utf8)
  }

  /// A text out of zlib's hands, as far as it goes and up to a limit.
  private static func expanded(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: ImageLimits.text) { buffer, count in
      var length = uLong(buffer.count)
      let result = bytes.withUnsafeBufferPointer {
        uncompress(buffer.baseAddress, &length, $0.baseAddress, uLong($0.count))
      }
      count = result == Z_OK ? Int(length) : 0
    }
  }
}
