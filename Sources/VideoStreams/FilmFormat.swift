/// How the frames of a YUV4MPEG2 stream are laid out.
package struct FilmFormat: Sendable, Equatable {
  /// How much of the colour is kept.
  package enum Chroma: Sendable, Equatable {
    /// Half as wide and half as high: 4:2:0.
    case quarter
    /// Half as wide: 4:2:2.
    case half
    /// A quarter as wide: 4:1:1.
    case narrow
    /// All of it: 4:4:4.
    case full
    /// All of it, and a plane of opacity.
    case fullAlpha
    /// None.
    case none
  }

  /// Samples of a line of luma, 1...16384.
  package let width: Int
  /// Lines of luma, 1...16384.
  package let height: Int
  /// Frames a second as a fraction; 0:0 when the stream does not say.
  package let rate: (frames: Int, seconds: Int)
  package let chroma: Chroma
  /// Bits of a sample, 8...16; more than 8 take two bytes, little-endian.
  package let depth: Int
  /// The header as it came, without its line feed.
  package let header: [UInt8]

  /// Most samples of a side: more are taken for a damaged header.
  package static let longestSide = 16384

  /// Frames a second; 25 when the stream does not say.
  package var framesPerSecond: Double {
    rate.frames > 0 && rate.seconds > 0 ? Double(rate.frames) / Double(rate.seconds) : 25
  }

  /// Bytes of a sample.
  package var sampleSize: Int { depth > 8 ? 2 : 1 }

  /// Samples of a frame's luma, which come first.
  package var lumaCount: Int { width * height }

  /// Bytes of a frame, without its own line.
  package var frameSize: Int {
    let (halfWidth, halfHeight) = ((width + 1) / 2, (height + 1) / 2)
    let colours =
      switch chroma {
      case .quarter: 2 * halfWidth * halfHeight
      case .half: 2 * halfWidth * height
      case .narrow: 2 * ((width + 3) / 4) * height
      case .full: 2 * lumaCount
      case .fullAlpha: 3 * lumaCount
      case .none: 0
      }
    return (lumaCount + colours) * sampleSize
  }

  package static func == (left: FilmFormat, right: FilmFormat) -> Bool {
    left.header == right.header
  }

  /// Reads a header: `YUV4MPEG2` and parameters, each a letter and a value.
  ///
  /// - Parameters:
  ///   - header: the first line, without its line feed.
  ///   - name: of the input, for messages.
  /// - Throws: `FilmError.damaged` or `.unsuitable`.
  package init(header: [UInt8], name: String) throws(FilmError) {
    self.header = header
    let words = header.split(separator: UInt8(ascii: " ")).map {
      String(decoding: $0, as: UTF8.self)
    }
    guard words.first == "YUV4MPEG2" else {
      throw .damaged(name, "it does not begin as YUV4MPEG2")
    }
    var (width, height) = (0, 0)
    var rate = (0, 0)
    var colour = "420jpeg"
    for word in words.dropFirst() {
      let value = String(word.dropFirst())
      switch word.first {
      case "W": width = Int(value) ?? -1
      case "H": height = Int(value) ?? -1
      case "F":
        let parts = value.split(separator: ":").map { Int($0) ?? -1 }
        guard parts.count == 2, parts.allSatisfy({ $0 >= 0 }) else {
          throw .damaged(name, "its frame rate is \(value)")
        }
        rate = (parts[0], parts[1])
      case "C": colour = value
      // Fields, the shape of samples and comments change nothing here.
      default: break
      }
    }
    let sides = 1...Self.longestSide
    guard sides.contains(width), sides.contains(height) else {
      throw .damaged(name, "its frames have \(width) x \(height) samples")
    }
    guard let (chroma, depth) = Self.layout(colour) else {
      throw .unsuitable(name, "has samples of the kind \(colour)")
    }
    (self.width, self.height, self.rate) = (width, height, (rate.0, rate.1))
    (self.chroma, self.depth) = (chroma, depth)
  }

  /// What the value of the parameter C stands for.
  private static func layout(_ colour: String) -> (Chroma, Int)? {
    let kinds: [(String, Chroma)] = [
      ("444alpha", .fullAlpha), ("420", .quarter), ("422", .half), ("411", .narrow), ("444", .full),
      ("mono", .none),
    ]
    for (name, chroma) in kinds where colour.hasPrefix(name) {
      var rest = colour.dropFirst(name.count)
      if ["", "jpeg", "mpeg2", "paldv"].contains(rest) { return (chroma, 8) }
      if rest.first == "p" { rest = rest.dropFirst() }
      guard let depth = Int(rest), (9...16).contains(depth), chroma != .fullAlpha else {
        return nil
      }
      return (chroma, depth)
    }
    return nil
  }
}
