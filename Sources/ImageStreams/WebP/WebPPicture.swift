import CWebP

/// A WebP file, which is read only.
struct WebPPicture {
  let name: String
  let width: Int
  let height: Int
  private let file: [UInt8]
  private let hasAlpha: Bool

  /// Takes a whole file.
  ///
  /// - Parameters:
  ///   - file: its bytes.
  ///   - name: for messages.
  /// - Throws: `ImageError`.
  init(_ file: [UInt8], name: String) throws {
    self.file = file
    self.name = name
    var features = WebPBitstreamFeatures()
    let status = WebPGetFeatures(file, file.count, &features)
    if status == VP8_STATUS_NOT_ENOUGH_DATA { throw ImageError.cutShort(name) }
    guard status == VP8_STATUS_OK else {
      throw ImageError.damaged(name, "its header is not one of WebP")
    }
    if features.has_animation != 0 { throw ImageError.animated(name, .webp) }
    width = Int(features.width)
    height = Int(features.height)
    hasAlpha = features.has_alpha != 0
    try ImageLimits.check(width: width, height: height, name: name)
  }

  /// Reads the luma.
  ///
  /// - Returns: the luma of every pixel, 0...255, and what is wrong: rows that cannot be read are
  ///   white.
  /// - Throws: `ImageError` when not a row can be read.
  func luma() throws -> (luma: [Float], fault: ImageError?) {
    let channels = hasAlpha ? 4 : 3
    let rowByteCount = width * channels
    var fault: ImageError?
    let bytes = try [UInt8](unsafeUninitializedCapacity: rowByteCount * height) { buffer, count in
      buffer.initialize(repeating: 255)
      count = buffer.count
      guard
        let decoder = WebPINewRGB(
          hasAlpha ? MODE_RGBA : MODE_RGB, buffer.baseAddress, buffer.count, CInt(rowByteCount))
      else { throw ImageError.damaged(name, "there is no memory for it") }
      defer { WebPIDelete(decoder) }
      let status = WebPIUpdate(decoder, file, file.count)
      if status == VP8_STATUS_OK { return }
      fault =
        status == VP8_STATUS_SUSPENDED
        ? .cutShort(name) : .damaged(name, "its pixels cannot be decoded")
      var last: CInt = 0
      _ = WebPIDecGetRGB(decoder, &last, nil, nil, nil)
      if last == 0, let fault { throw fault }
    }
    let raster = Raster(
      width: width, height: height, colorCount: 3, hasAlpha: hasAlpha, bitDepth: 8,
      transparentColor: nil, bytes: bytes)
    return (raster.luma(), fault)
  }

  /// The contents of the chunks that hold metadata.
  var texts: [[UInt8]] {
    var texts: [[UInt8]] = []
    var place = 12
    while place + 8 <= file.count {
      let type = file[place..<place + 4]
      let count = (0..<4).reduce(0) { $0 | Int(file[place + 4 + $1]) << (8 * $1) }
      let end = min(place + 8 + count, file.count)
      if type.elementsEqual("XMP ".utf8) || type.elementsEqual("EXIF".utf8) {
        texts.append(Array(file[place + 8..<end]))
      }
      place = end + count & 1
    }
    return texts
  }
}
