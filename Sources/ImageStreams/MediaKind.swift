package import CommandLineSupport

/// What an input is, by its first bytes and never by its name.
package enum MediaKind: Sendable, Equatable {
  /// A picture that is read.
  case picture(ImageKind)
  /// A picture of a kind that is not read, by the name people know it under.
  case otherPicture(String)
  /// Uncompressed film, YUV4MPEG2.
  case film
  /// None of these: sound, or nothing that is known.
  case sound

  /// How many bytes it takes.
  package static let byteCount = 12

  /// - Parameter bytes: the first ones of the input, `byteCount` where there are so many.
  package init(_ bytes: [UInt8]) {
    func has(_ text: String, at offset: Int = 0) -> Bool {
      bytes.dropFirst(offset).starts(with: text.utf8)
    }
    if let kind = ImageKind.detected(in: bytes) {
      self = .picture(kind)
    } else if has("YUV4MPEG2") {
      self = .film
    } else if has("GIF8") {
      self = .otherPicture("GIF")
    } else if bytes.starts(with: [0x49, 0x49, 0x2A, 0])
      || bytes.starts(with: [0x4D, 0x4D, 0, 0x2A])
    {
      self = .otherPicture("TIFF")
    } else if has("ftyp", at: 4), ["heic", "heix", "mif1"].contains(where: { has($0, at: 8) }) {
      self = .otherPicture("HEIC")
    } else if has("ftypavif", at: 4) {
      self = .otherPicture("AVIF")
    } else if bytes.starts(with: [0xFF, 0x0A]) || has("JXL ", at: 4) {
      self = .otherPicture("JPEG XL")
    } else if has("jP  ", at: 4) {
      self = .otherPicture("JPEG 2000")
    } else {
      self = .sound
    }
  }
}

extension MediaKind {
  /// Looks at the first bytes of an input, which goes on standing at its first byte.
  ///
  /// - Parameter source: stands at its first byte.
  /// - Throws: `SystemError`.
  package init(of source: ByteSource) throws {
    let bytes = try source.bytes(Self.byteCount)
    _ = source.seek(to: 0)
    self.init(bytes)
  }
}

/// The kinds of picture that are read.
package enum ImageKind: String, Sendable, CaseIterable {
  /// Portable Network Graphics, read and written.
  case png
  /// JPEG with 8 bits, read and written.
  case jpeg
  /// WebP, read only.
  case webp

  /// Tells the kind from the first bytes; nil when they are of none.
  package static func detected(in bytes: [UInt8]) -> ImageKind? {
    // The rest of PNG's signature shows what lines ends did to it, and is looked at later.
    if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) { return .png }
    if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return .jpeg }
    if bytes.starts(with: "RIFF".utf8), bytes.dropFirst(8).starts(with: "WEBP".utf8) {
      return .webp
    }
    return nil
  }

  /// The name people know it under.
  package var title: String {
    switch self {
    case .png: "PNG"
    case .jpeg: "JPEG"
    case .webp: "WebP"
    }
  }
}
