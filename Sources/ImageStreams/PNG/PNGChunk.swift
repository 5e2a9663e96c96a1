import CZlib

/// A chunk of a PNG file, where it stands in the file.
struct PNGChunk {
  /// The four letters.
  let type: String
  /// The bytes inside.
  let contents: Range<Int>

  /// The whole chunk with its length, type and check.
  var whole: Range<Int> { contents.lowerBound - 8..<contents.upperBound + 4 }
  /// Whether a decoder that does not know it must give up.
  var isCritical: Bool { type.utf8.first.map { $0 & 0x20 == 0 } ?? false }

  /// Whether the check behind the contents is right.
  func isIntact(in file: [UInt8]) -> Bool {
    let covered = contents.lowerBound - 4..<contents.upperBound
    return Self.check(file[covered]) == Self.number(file, at: contents.upperBound)
  }

  /// The bytes of a new chunk.
  static func bytes(_ type: String, _ contents: some Collection<UInt8>) -> [UInt8] {
    let covered = Array(type.utf8) + contents
    return bigEndian(UInt32(contents.count)) + covered + bigEndian(check(covered[...]))
  }

  /// A number of four bytes, most significant first.
  static func number(_ bytes: [UInt8], at place: Int) -> UInt32 {
    bytes[place..<place + 4].reduce(0) { $0 << 8 | UInt32($1) }
  }

  private static func bigEndian(_ value: UInt32) -> [UInt8] {
    withUnsafeBytes(of: value.bigEndian, Array.init)
  }

  private static func check(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    bytes.withUnsafeBytes { raw in
      UInt32(
        truncatingIfNeeded: crc32_z(
          0, raw.baseAddress?.assumingMemoryBound(to: UInt8.self), raw.count))
    }
  }
}

extension PNGChunk {
  /// The first bytes of every PNG file.
  static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  /// Finds the chunks of a file up to its end chunk.
  ///
  /// - Parameters:
  ///   - file: all its bytes.
  ///   - name: for messages.
  /// - Returns: the chunks that are there; the contents of the last one may be cut short, which the
  ///   fault then says; and how many bytes follow the end chunk.
  /// - Throws: `ImageError` where there is no PNG at all.
  static func chunks(
    of file: [UInt8], name: String
  ) throws -> (chunks: [PNGChunk], fault: ImageError?, trailing: Int) {
    guard file.starts(with: signature) else {
      if signature.starts(with: file) { throw ImageError.cutShort(name) }
      throw ImageError.damaged(name, "its signature shows that line ends were converted in it")
    }
    var chunks: [PNGChunk] = []
    var place = signature.count
    while true {
      guard place + 8 <= file.count else { return (chunks, .cutShort(name), 0) }
      let letters = file[place + 4..<place + 8]
      let count = Int(number(file, at: place))
      guard letters.allSatisfy({ (0x41...0x5A).contains($0 & ~0x20) }), count < 1 << 31 else {
        return (chunks, .damaged(name, "no chunk begins at byte \(place)"), 0)
      }
      guard chunks.count < ImageLimits.pieces else {
        return (chunks, .damaged(name, "it has more than \(ImageLimits.pieces) chunks"), 0)
      }
      let type = String(decoding: letters, as: UTF8.self)
      let end = place + 8 + count
      guard end + 4 <= file.count else {
        chunks.append(PNGChunk(type: type, contents: place + 8..<min(end, file.count)))
        return (chunks, .cutShort(name), 0)
      }
      chunks.append(PNGChunk(type: type, contents: place + 8..<end))
      place = end + 4
      if type == "IEND" { return (chunks, nil, file.count - place) }
    }
  }
}
