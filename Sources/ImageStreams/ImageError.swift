import CommandLineSupport

/// Why a picture cannot be read or written.
///
/// The first value is the name of the input or output for messages.
package enum ImageError: ExplainedError, Equatable {
  /// The file ends before the picture does.
  case cutShort(String)
  /// The file contradicts itself or its format.
  case damaged(String, String)
  /// More pixels than are taken.
  case tooLarge(String, width: Int, height: Int)
  /// More bytes than are taken.
  case tooLong(String)
  /// Several pictures in one, of which only one would be marked.
  case animated(String, ImageKind)
  /// A kind of picture that is not read.
  case otherKind(String, String)
  /// A part of a format that cannot be marked.
  case unsuitable(String, String)
  /// A kind of picture that is not written.
  case notWritten(String, ImageKind)
  /// There are no samples whose bits last.
  case noSampleBits(String, ImageKind)

  package var description: String {
    switch self {
    case .cutShort(let name): "\(quoted(name)) is cut short"
    case .damaged(let name, let reason): "\(quoted(name)) is damaged: \(reason)"
    case .tooLarge(let name, let width, let height):
      "\(quoted(name)) has \(width) x \(height) pixels, more than \(ImageLimits.pixels)"
    case .tooLong(let name):
      "\(quoted(name)) has more than \(ImageLimits.bytes >> 20) MiB, too many for a picture"
    case .animated(let name, let kind):
      "\(quoted(name)) is an animated \(kind.title), of which only one picture would be marked"
    case .otherKind(let name, let kind): "\(quoted(name)) is \(kind), which is not read"
    case .unsuitable(let name, let reason): "\(quoted(name)) \(reason)"
    case .notWritten(let name, let kind):
      "\(quoted(name)) is \(kind.title), which is read but not written"
    case .noSampleBits(let name, let kind):
      "\(quoted(name)): --method lsb needs samples that are kept, and \(kind.title) has none"
    }
  }

  package var hint: String? {
    switch self {
    case .animated: "take it apart first, for instance with ffmpeg, and mark it as film"
    case .otherKind, .notWritten: "make a PNG of it first, for instance with ImageMagick's convert"
    case .unsuitable: "make a PNG or an ordinary JPEG of it first"
    case .noSampleBits: "make a PNG of it first"
    case .cutShort, .damaged, .tooLarge, .tooLong: nil
    }
  }
}

/// How much a picture may ask for, so that a small file cannot fill the memory.
package enum ImageLimits {
  /// Pixels of a picture: a square of 16384 a side.
  package static let pixels = 1 << 28
  /// Bytes of a file.
  package static let bytes = 1 << 30
  /// Chunks or segments of a file.
  static let pieces = 1 << 20
  /// Scans of a progressive JPEG, each of which costs a pass over the picture.
  static let scans = 256
  /// Bytes of a compressed text.
  static let text = 1 << 20

  /// Checks the size of a picture.
  ///
  /// - Throws: `ImageError.tooLarge`, or `.damaged` without any pixel.
  static func check(width: Int, height: Int, name: String) throws {
    guard width > 0, height > 0 else {
      throw ImageError.damaged(name, "it has \(width) x \(height) pixels")
    }
    guard width <= pixels / height else {
      throw ImageError.tooLarge(name, width: width, height: height)
    }
  }
}
