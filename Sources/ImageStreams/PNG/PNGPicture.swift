import CPNGShim

/// A PNG file: its chunks, and its samples when they are asked for.
struct PNGPicture {
  let name: String
  let header: PNGHeader
  /// What is wrong behind the part that can be read; nothing is written from such a file.
  let fault: ImageError?
  /// What is left out when it is written.
  private(set) var warnings: [String] = []
  let file: [UInt8]
  let chunks: [PNGChunk]
  let palette: PNGPalette?

  /// Deflate never makes more than this of a byte (RFC 1951: 258 bytes from two bits and a bit).
  private static let mostExpansion = 1032

  /// Takes a whole file.
  ///
  /// - Parameters:
  ///   - file: its bytes.
  ///   - name: for messages.
  /// - Throws: `ImageError`.
  init(_ file: [UInt8], name: String) throws {
    self.file = file
    self.name = name
    let (chunks, fault, trailing) = try PNGChunk.chunks(of: file, name: name)
    guard let first = chunks.first else { throw fault ?? .cutShort(name) }
    guard first.type == "IHDR" else {
      throw ImageError.damaged(name, "it does not begin with IHDR")
    }
    do {
      header = try PNGHeader(Array(file[first.contents]))
      palette =
        header.colorType == PNGHeader.palette ? try Self.palette(file, chunks) : nil
      try Self.check(chunks)
    } catch let wrong as PNGFault {
      throw fault ?? ImageError.damaged(name, wrong.reason)
    }
    try ImageLimits.check(width: header.width, height: header.height, name: name)
    let coded = chunks.filter { $0.type == "IDAT" }.reduce(0) { $0 + $1.contents.count }
    guard coded > 0 else { throw fault ?? .damaged(name, "it has no pixels") }
    self.chunks = chunks
    // So little cannot be all: nothing has to be unpacked to know.
    guard coded * Self.mostExpansion >= header.rawByteCount else {
      throw ImageError.cutShort(name)
    }
    self.fault = fault
    if trailing > 0 {
      warnings.append("the \(trailing) bytes behind the picture in \(name) are left out")
    }
  }

  /// Whether it is the first picture of an animation.
  var isAnimated: Bool { chunks.contains { $0.type == "acTL" } }

  private static func palette(
    _ file: [UInt8], _ chunks: [PNGChunk]
  ) throws -> PNGPalette {
    guard let colors = chunks.first(where: { $0.type == "PLTE" }) else {
      throw PNGFault("it has no palette")
    }
    let opacities = chunks.first { $0.type == "tRNS" }.map { Array(file[$0.contents]) }
    return try PNGPalette(Array(file[colors.contents]), opacities: opacities ?? [])
  }

  /// Checks the order of the critical chunks.
  private static func check(_ chunks: [PNGChunk]) throws {
    for chunk in chunks where chunk.isCritical {
      guard ["IHDR", "PLTE", "IDAT", "IEND"].contains(chunk.type) else {
        throw PNGFault("it cannot be read without knowing the chunk \(chunk.type)")
      }
    }
    for type in ["IHDR", "PLTE", "tRNS", "acTL"]
    where chunks.count(where: { $0.type == type }) > 1 {
      throw PNGFault("it has two chunks \(type)")
    }
    guard let first = chunks.firstIndex(where: { $0.type == "IDAT" }),
      let last = chunks.lastIndex(where: { $0.type == "IDAT" })
    else { return }
    guard chunks[first...last].allSatisfy({ $0.type == "IDAT" }) else {
      throw PNGFault("other chunks stand between its pixels")
    }
    for type in ["PLTE", "tRNS"] where chunks[last...].contains(where: { $0.type == type }) {
      throw PNGFault("\(type) stands behind the pixels")
    }
  }

  /// Reads the samples.
  ///
  /// - Returns: the picture, and what is wrong with it: rows that cannot be read are white.
  /// - Throws: `ImageError` when not a row can be read.
  func raster() throws -> (raster: Raster, fault: ImageError?) {
    // Only what the pixels need is shown to libpng: everything else is ours.
    var stream = PNGChunk.signature
    for chunk in chunks where ["IHDR", "PLTE", "IDAT", "IEND"].contains(chunk.type) {
      stream += file[chunk.contents.lowerBound - 8..<min(chunk.contents.upperBound + 4, file.count)]
    }
    return try stream.withUnsafeBufferPointer { try decode($0) }
  }

  private func decode(
    _ stream: UnsafeBufferPointer<UInt8>
  ) throws -> (raster: Raster, fault: ImageError?) {
    guard let reader = cs_png_reading(stream.baseAddress, stream.count) else {
      throw ImageError.damaged(name, "there is no memory for it")
    }
    defer { cs_png_close(reader) }
    func error() -> ImageError { wrong(String(cString: cs_png_error(reader))) }
    var known = cs_png_header()
    guard cs_png_read_header(reader, &known) == 0 else { throw error() }
    let depth = header.bitDepth == 16 ? 16 : 8
    let rowByteCount = header.width * header.channelCount * (depth / 8)
    var rows: UInt32 = 0
    var found = fault
    var samples = try [UInt8](unsafeUninitializedCapacity: rowByteCount * header.height) {
      buffer, count in
      // White, where nothing comes.
      buffer.initialize(repeating: header.colorType == PNGHeader.palette ? 0 : 255)
      count = buffer.count
      if cs_png_read_rows(reader, buffer.baseAddress, rowByteCount, &rows) != 0 {
        if rows == 0 { throw error() }
        found = found ?? error()
      }
    }
    if let palette {
      do {
        return (
          try palette.raster(of: samples, width: header.width, height: header.height), found
        )
      } catch let wrong as PNGFault { throw ImageError.damaged(name, wrong.reason) }
    }
    let raster = Raster(
      width: header.width, height: header.height, colorCount: header.colorType & 2 == 0 ? 1 : 3,
      hasAlpha: header.colorType & 4 != 0, bitDepth: depth,
      transparentColor: try transparentColor(), bytes: samples)
    samples = []
    return (raster, found)
  }

  /// libpng's words, or that the file is too short where that is why.
  private func wrong(_ reason: String) -> ImageError {
    if reason.hasSuffix("cut short") || reason.hasPrefix("Not enough") { return .cutShort(name) }
    return .damaged(name, reason)
  }

  /// The colour that tRNS makes transparent, as wide as the samples of the raster.
  private func transparentColor() throws -> [UInt16]? {
    guard let chunk = chunks.first(where: { $0.type == "tRNS" }), header.colorType & 4 == 0 else {
      return nil
    }
    let bytes = Array(file[chunk.contents])
    guard bytes.count == 2 * header.channelCount else {
      throw ImageError.damaged(name, "tRNS has \(bytes.count) bytes")
    }
    return stride(from: 0, to: bytes.count, by: 2).map {
      scaled(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]))
    }
  }

  /// A gray of fewer than 8 bits as one of 8; of all others the bits that count.
  func scaled(_ value: UInt16) -> UInt16 {
    if header.bitDepth == 16 { return value }
    let most = UInt16(1 << header.bitDepth) - 1
    return (value & most) * (255 / most)
  }
}
