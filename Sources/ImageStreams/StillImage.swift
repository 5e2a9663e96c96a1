package import CommandLineSupport

/// A picture from a file or a pipe, held whole, of any kind that is known.
///
///     let image = try StillImage(ByteSource(path: "-"))
///     let (luma, fault) = try image.luma()
///     ...
///     try image.add(delta)
///     try image.write(to: output)
package final class StillImage {
  /// The most bytes of a file.
  package static let longest = ImageLimits.bytes

  private enum Backend {
    case png(PNGPicture)
    case jpeg(JPEGPicture)
    case webp(WebPPicture)
  }

  /// What messages call it.
  package let name: String
  /// By its first bytes.
  package let kind: ImageKind
  /// Pixels of a row.
  package let width: Int
  /// Rows.
  package let height: Int
  private let backend: Backend
  /// The samples of a PNG, once they have been changed.
  private var samples: (raster: Raster, fault: ImageError?)?
  private var isChanged = false
  private var newText: String?
  private var isOldText: (([UInt8]) -> Bool)?

  /// Reads an input to its end.
  ///
  /// - Parameter source: the bytes, from the first one on.
  /// - Throws: `SystemError`, or an `ImageError` that says why it is no picture we take.
  package convenience init(_ source: ByteSource) throws {
    try self.init(source.bytes(ImageLimits.bytes + 1), name: source.name)
  }

  /// Takes a file that was read.
  ///
  /// - Parameters:
  ///   - file: its bytes.
  ///   - name: what messages call it.
  /// - Throws: `ImageError` that says why it is no picture we take.
  package init(_ file: [UInt8], name: String) throws {
    self.name = name
    guard file.count <= ImageLimits.bytes else { throw ImageError.tooLong(name) }
    switch MediaKind(Array(file.prefix(MediaKind.byteCount))) {
    case .picture(.png):
      let picture = try PNGPicture(file, name: name)
      backend = .png(picture)
      (kind, width, height) = (.png, picture.header.width, picture.header.height)
    case .picture(.jpeg):
      let picture = try JPEGPicture(file, name: name)
      backend = .jpeg(picture)
      (kind, width, height) = (.jpeg, picture.width, picture.height)
    case .picture(.webp):
      let picture = try WebPPicture(file, name: name)
      backend = .webp(picture)
      (kind, width, height) = (.webp, picture.width, picture.height)
    case .otherPicture(let other): throw ImageError.otherKind(name, other)
    case .film, .sound: throw ImageError.otherKind(name, "no picture of a kind that is known")
    }
  }

  /// What the user should hear of when the picture is written.
  package var warnings: [String] {
    switch backend {
    case .png(let picture): picture.warnings
    case .jpeg(let picture): picture.warnings
    case .webp: []
    }
  }

  /// The luma of every pixel, rows from the top, 0...255 whatever the depth, over white where the
  /// picture is transparent.
  ///
  /// - Returns: the luma, and what is wrong with the picture behind the part that could be read.
  /// - Throws: `ImageError` when nothing can be read.
  package func luma() throws -> (luma: [Float], fault: ImageError?) {
    switch backend {
    case .png(let picture):
      let (raster, fault) = try readSamples(picture)
      return (raster.luma(), fault)
    case .jpeg(let picture): return try picture.luma()
    case .webp(let picture): return try picture.luma()
    }
  }

  /// The quality, 1...100, that the luma of a JPEG is quantised with; nil for all else.
  package var quality: Int? {
    guard case .jpeg(let picture) = backend else { return nil }
    return try? picture.quality
  }

  /// Checks that it can be marked and written.
  ///
  /// - Throws: `ImageError`.
  package func checkWritable() throws {
    switch backend {
    case .png(let picture): try picture.checkWritable()
    case .jpeg(let picture): try picture.checkMarkable()
    case .webp: throw ImageError.notWritten(name, kind)
    }
  }

  /// Adds the same to all colours of each pixel.
  ///
  /// - Parameters:
  ///   - delta: for every pixel, in steps of 255 to full scale.
  ///   - quality: the luma of a JPEG that is quantised more coarsely than at this quality, 1...100, is
  ///     written as at this one; nil leaves it as it is.
  /// - Returns: the mean square of the change as it will be written, in the same steps: over all
  ///   colours, or over the luma of a JPEG.
  /// - Throws: `ImageError`.
  package func add(_ delta: [Float], quality: Int? = nil) throws -> Double {
    try checkWritable()
    isChanged = true
    if case .jpeg(let picture) = backend {
      return try picture.add(delta, quality: quality)
    }
    return try changeSamples { $0.add(delta) }
  }

  /// The luma of every pixel as it will be written.
  ///
  /// - Returns: as `luma()` of the file that is written.
  /// - Throws: `ImageError`.
  package func writtenLuma() throws -> [Float] {
    if case .jpeg(let picture) = backend { return try picture.writtenLuma() }
    return try luma().luma
  }

  /// Works on the samples of a PNG.
  ///
  /// - Parameter body: changes them in place.
  /// - Returns: what the body returns.
  /// - Throws: `ImageError`, or what the body throws.
  package func changeSamples<Result>(_ body: (inout Raster) throws -> Result) throws -> Result {
    guard case .png(let picture) = backend else { throw ImageError.noSampleBits(name, kind) }
    try checkWritable()
    var (raster, fault) = try readSamples(picture)
    if let fault { throw fault }
    samples = nil
    isChanged = true
    defer { samples = (raster, nil) }
    return try body(&raster)
  }

  /// Looks at the samples of a PNG.
  ///
  /// - Returns: the samples, and what is wrong behind the part that could be read.
  /// - Throws: `ImageError`.
  package func storedSamples() throws -> (raster: Raster, fault: ImageError?) {
    guard case .png(let picture) = backend else { throw ImageError.noSampleBits(name, kind) }
    return try readSamples(picture)
  }

  /// Samples that were not changed are read again each time: a mark takes the memory meanwhile.
  private func readSamples(_ picture: PNGPicture) throws -> (raster: Raster, fault: ImageError?) {
    try samples ?? picture.raster()
  }
}

extension StillImage {
  /// The keyword of texts that are put into PNG.
  private static let keyword = "sukashi-mark"

  /// All that stands beside the pixels and may be text.
  package var texts: [[UInt8]] {
    switch backend {
    case .png(let picture): picture.texts
    case .jpeg(let picture):
      picture.segments.filter(\.isForeign).map { Array(picture.file[$0.contents]) }
    case .webp(let picture): picture.texts
    }
  }

  /// Puts a line of text beside the pixels: a chunk iTXt in front of those of PNG, a comment behind the
  /// applications' segments of JPEG.
  ///
  /// - Parameters:
  ///   - text: a line of ASCII.
  ///   - isOld: tells a text that was put there before and is left out.
  /// - Throws: `ImageError` where there is no place for it.
  package func put(text: String, leavingOut isOld: @escaping ([UInt8]) -> Bool) throws {
    try checkWritable()
    newText = text
    isOldText = isOld
  }

  /// Writes the picture; the output is not finished here.
  ///
  /// - Parameter output: where it goes.
  /// - Throws: `ImageError`, `SystemError`.
  package func write(to output: OutputFile) throws {
    try checkWritable()
    switch backend {
    case .png(let picture):
      // Damaged pixels are not handed on, even when only the text is new.
      let (raster, fault) = try readSamples(picture)
      if let fault { throw fault }
      try picture.write(
        isChanged ? raster : nil,
        text: newText.map { PNGPicture.internationalText(keyword: Self.keyword, $0) },
        leavingOut: { chunk in
          guard let isOldText, let text = picture.text(of: chunk) else { return false }
          return text.starts(with: Self.keyword.utf8) && isOldText(text)
        }, to: output)
    case .jpeg(let picture):
      try picture.write(
        comment: newText.map { Array($0.utf8) },
        leavingOut: { segment in
          segment.marker == JPEGSegment.comment
            && isOldText?(Array(picture.file[segment.contents])) ?? false
        }, { try output.write($0) })
    case .webp: throw ImageError.notWritten(name, kind)
    }
  }
}
