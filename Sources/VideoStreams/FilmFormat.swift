/// What the first line of a YUV4MPEG2 stream says.
package struct FilmFormat: Sendable, Equatable {
  /// How many samples of colour there are, and how they are stored.
  package struct Chroma: Sendable, Equatable {
    /// Pixels of a row to a sample of colour, and rows; nil without colour.
    package let step: (x: Int, y: Int)?
    /// Whether a plane of opacity follows, as large as that of luma.
    package let hasAlpha: Bool
    /// Bits of a sample, 8 to 16; with more than 8 a sample has two bytes, the low one first.
    package let bitDepth: Int

    package static func == (one: Chroma, other: Chroma) -> Bool {
      one.step?.x == other.step?.x && one.step?.y == other.step?.y
        && one.hasAlpha == other.hasAlpha && one.bitDepth == other.bitDepth
    }
  }

  /// The line as it stands, without its end; it is written again as it is.
  package let line: [UInt8]
  /// Pixels of a row.
  package let width: Int
  /// Rows.
  package let height: Int
  /// Frames a second, as a fraction; nil where it is not said.
  package let rate: (numerator: Int, denominator: Int)?
  /// The colour, by parameter C, 4:2:0 with 8 bits without it.
  package let chroma: Chroma

  /// The first bytes of a stream.
  static let magic = Array("YUV4MPEG2".utf8)
  /// The longest line that is taken.
  static let longestLine = 4096
  /// The most pixels of a frame, twice those of 8K.
  static let mostPixels = 1 << 26

  package static func == (one: FilmFormat, other: FilmFormat) -> Bool { one.line == other.line }

  /// Reads a line.
  ///
  /// - Parameters:
  ///   - line: without its end.
  ///   - name: for messages.
  /// - Throws: `FilmError`.
  package init(_ line: [UInt8], name: String) throws {
    self.line = line
    let words = line.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
    guard words.first.map({ Array($0.utf8) == Self.magic }) == true else {
      throw FilmError.notFilm(name)
    }
    func wrong(_ reason: String) -> FilmError { .badHeader(name, reason) }
    var values: [Character: String] = [:]
    for word in words.dropFirst() {
      guard let letter = word.first, letter != "X" else { continue }
      guard values.updateValue(String(word.dropFirst()), forKey: letter) == nil else {
        throw wrong("the parameter \(letter) is there twice")
      }
    }
    func size(_ letter: Character) throws -> Int {
      guard let text = values[letter] else { throw wrong("the parameter \(letter) is missing") }
      guard let value = Int(text), (1...Self.mostPixels).contains(value) else {
        throw wrong("the parameter \(letter)\(text) is no size")
      }
      return value
    }
    width = try size("W")
    height = try size("H")
    guard width <= Self.mostPixels / height else {
      throw wrong("frames of \(width) x \(height) pixels are more than \(Self.mostPixels)")
    }
    rate = try values["F"].flatMap { text in
      let parts = text.split(separator: ":").map { Int($0) ?? -1 }
      guard parts.count == 2, parts[0] >= 0, parts[1] >= 0 else {
        throw wrong("the parameter F\(text) is no rate")
      }
      return parts[0] > 0 && parts[1] > 0 ? (parts[0], parts[1]) : nil
    }
    let colors = values["C"] ?? "420"
    guard let chroma = Chroma(colors) else {
      throw wrong("the colours C\(colors) are not known")
    }
    self.chroma = chroma
  }
}

extension FilmFormat {
  /// Bytes of a sample.
  var sampleByteCount: Int { chroma.bitDepth > 8 ? 2 : 1 }
  /// Samples of the plane of luma, which comes first.
  package var lumaCount: Int { width * height }

  /// Frames a second, 0.1...1000, to which rates without sense are limited; 25 where it is not said.
  package var framesPerSecond: Double {
    rate.map { min(max(Double($0.numerator) / Double($0.denominator), 0.1), 1000) } ?? 25
  }

  /// Bytes of a frame without its line.
  package var frameByteCount: Int {
    var samples = lumaCount * (chroma.hasAlpha ? 2 : 1)
    if let step = chroma.step {
      samples += 2 * ((width + step.x - 1) / step.x) * ((height + step.y - 1) / step.y)
    }
    return samples * sampleByteCount
  }
}

extension FilmFormat.Chroma {
  /// Reads the value of parameter C; nil for one that is not known.
  init?(_ text: String) {
    let names: [(String, (Int, Int)?)] = [
      ("420jpeg", (2, 2)), ("420mpeg2", (2, 2)), ("420paldv", (2, 2)), ("420", (2, 2)),
      ("411", (4, 1)), ("422", (2, 1)), ("444alpha", (1, 1)), ("444", (1, 1)), ("mono", nil),
    ]
    guard let (name, step) = names.first(where: { text.hasPrefix($0.0) }) else { return nil }
    let rest = text.dropFirst(name.count)
    // Wider samples are written 420p10, and mono10.
    let digits = name == "mono" ? rest : rest.dropFirst(rest.hasPrefix("p") ? 1 : 0)
    guard rest.isEmpty || (name == "mono" || rest.hasPrefix("p")) && !digits.isEmpty,
      let depth = digits.isEmpty ? 8 : Int(digits), (8...16).contains(depth)
    else { return nil }
    self.step = step.map { (x: $0.0, y: $0.1) }
    hasAlpha = name == "444alpha"
    bitDepth = depth
  }
}
