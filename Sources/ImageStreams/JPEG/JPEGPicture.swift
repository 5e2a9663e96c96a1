import CJPEGShim

/// A JPEG file: its segments, its luma, and the coefficients that a mark is added to.
final class JPEGPicture {
  let name: String
  let file: [UInt8]
  let segments: [JPEGSegment]
  let width: Int
  let height: Int
  let color: cs_jpeg_color
  let componentCount: Int
  /// Bytes behind the picture; nil where it has no end.
  private let trailing: Int?
  /// The coefficients, while they are changed.
  private var coefficients: Decoder?
  /// The steps that components are written with, where they are not their own.
  private var newSteps: [Int: [UInt16]] = [:]

  /// Takes a whole file.
  ///
  /// - Parameters:
  ///   - file: its bytes.
  ///   - name: for messages.
  /// - Throws: `ImageError`.
  init(_ file: [UInt8], name: String) throws {
    self.file = file
    self.name = name
    let walk = try JPEGSegment.walk(file, name: name)
    segments = walk.segments
    trailing = walk.trailing
    let header = try Decoder(file, name: name).header
    width = Int(header.width)
    height = Int(header.height)
    color = header.color
    componentCount = Int(header.components)
    try ImageLimits.check(width: width, height: height, name: name)
  }

  /// What is left out when it is written.
  var warnings: [String] {
    guard let trailing, trailing > 0 else { return [] }
    return [
      "the \(trailing) bytes behind the picture in \(name), such as further pictures, are left out"
    ]
  }

  /// The quality that the IJG's programs would have needed for such steps, 1...100.
  var quality: Int {
    get throws {
      let (_, component) = try decoderOfCoefficients(component: 0)
      let own = component.stepArray.reduce(0) { $0 + Int($1) }
      func distance(_ quality: Int) -> Int {
        abs(Self.steps(ofQuality: quality).reduce(0) { $0 + Int($1) } - own)
      }
      return (1...100).min { distance($0) < distance($1) } ?? 100
    }
  }

  /// A step that is fine enough and, if there is one that is not much finer, a whole part of the old
  /// one, so that what is not changed falls on a step again.
  private static func part(of step: UInt16, atMost most: UInt16) -> UInt16 {
    if step <= most { return step }
    let parts = (step + most - 1) / most
    let whole = (parts...2 * parts).first { step.isMultiple(of: $0) }
    return max(whole.map { step / $0 } ?? step / parts, 1)
  }

  private static func steps(ofQuality quality: Int) -> [UInt16] {
    var steps = [UInt16](repeating: 0, count: 64)
    cs_jpeg_steps(CInt(quality), &steps)
    return steps
  }

  /// Reads the luma.
  ///
  /// - Returns: the luma of every pixel, 0...255, and what is wrong: pixels that cannot be read are
  ///   gray.
  /// - Throws: `ImageError` when nothing can be read.
  func luma() throws -> (luma: [Float], fault: ImageError?) {
    let decoder = try Decoder(file, name: name)
    var rows: UInt32 = 0
    var fault: ImageError?
    let gray = try [UInt8](unsafeUninitializedCapacity: width * height) { buffer, count in
      buffer.initialize(repeating: 128)
      count = buffer.count
      let result = cs_jpeg_read_gray(decoder.jpeg, buffer.baseAddress, &rows)
      fault = result == 0 ? decoder.damage : decoder.error
      // What libjpeg goes on after may leave something to see, as in scans that are all coarse.
      if result != 0, rows == 0, let fault { throw fault }
    }
    if fault == nil, trailing == nil { fault = .cutShort(name) }
    return (gray.map { Float($0) }, fault)
  }

  /// Checks that it can be marked: whole, and of colours whose luma can be changed.
  ///
  /// - Throws: `ImageError`.
  func checkMarkable() throws {
    if color == cs_jpeg_cmyk {
      throw ImageError.unsuitable(name, "is a JPEG of inks (CMYK), which is not marked")
    }
    if color == cs_jpeg_other {
      throw ImageError.unsuitable(name, "is a JPEG of an unknown colour space")
    }
    guard trailing != nil else { throw ImageError.cutShort(name) }
    for index in lumaComponents {
      let (_, component) = try decoderOfCoefficients(component: index)
      guard component.horizontal == component.most_horizontal,
        component.vertical == component.most_vertical
      else {
        throw ImageError.unsuitable(
          name, "is a JPEG with less luma than colour, which is not marked")
      }
    }
  }

  /// The components that all have to be changed to change the luma alone.
  private var lumaComponents: Range<Int> { color == cs_jpeg_rgb ? 0..<3 : 0..<1 }

  /// Adds to the luma, coefficient by coefficient.
  ///
  /// Each coefficient is quantised again with the step it has, or with a finer one; those of colour
  /// stay as they are, as do all coefficients that the change is too small for.
  ///
  /// - Parameters:
  ///   - delta: for every pixel.
  ///   - quality: steps that are coarser than those of this quality, 1...100, become these; nil for none.
  /// - Returns: the mean square of the change of luma.
  /// - Throws: `ImageError`.
  func add(_ delta: [Float], quality: Int?) throws -> Double {
    precondition(delta.count == width * height)
    try checkMarkable()
    var squares = 0.0
    for index in lumaComponents {
      let (decoder, component) = try decoderOfCoefficients(component: index)
      let steps = newSteps[index] ?? component.stepArray
      let finer =
        quality.map { quality in
          zip(steps, Self.steps(ofQuality: quality)).map { Self.part(of: $0, atMost: $1) }
        } ?? steps
      let blockRow = CoefficientRow(
        delta, width: width, height: height, steps: steps, newSteps: finer)
      newSteps[index] = finer
      for row in 0..<component.rows {
        guard let blocks = cs_jpeg_blocks(decoder.jpeg, CInt(index), row) else {
          throw decoder.error
        }
        squares += blockRow.add(toRow: Int(row), blocks, columns: Int(component.columns))
      }
    }
    return squares / Double(width * height * lumaComponents.count)
  }

  /// The whole file again, with the coefficients as they are by now.
  ///
  /// Segments of applications and comments stay byte for byte and in their order, in front of all
  /// others; segments that point at further pictures behind this one go with these.
  ///
  /// - Parameters:
  ///   - comment: the contents of a new comment; nil for none.
  ///   - removed: tells the segments that are left out.
  ///   - write: takes the bytes, piece by piece.
  /// - Throws: `ImageError`, or what `write` throws.
  func write(
    comment: [UInt8]?, leavingOut removed: (JPEGSegment) -> Bool,
    _ write: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    func put(_ bytes: [UInt8]) throws { try bytes.withUnsafeBytes(write) }
    try put([0xFF, 0xD8])
    for segment in segments where segment.isForeign && !removed(segment) && !isIndex(segment) {
      try file.withUnsafeBytes { try write(UnsafeRawBufferPointer(rebasing: $0[segment.whole])) }
    }
    if let comment { try put(JPEGSegment.bytes(JPEGSegment.comment, comment)) }
    let decoder = try coefficients ?? openCoefficients()
    try decoder.encode(componentCount, newSteps) { bytes in
      // All but the start of the picture.
      try write(UnsafeRawBufferPointer(rebasing: bytes[2...]))
    }
  }

  /// The luma of the file as it will be written.
  ///
  /// - Returns: the luma of every pixel, 0...255.
  /// - Throws: `ImageError`.
  func writtenLuma() throws -> [Float] {
    var written: [UInt8] = []
    try write(comment: nil, leavingOut: { _ in true }, { written += $0 })
    let (luma, fault) = try JPEGPicture(written, name: name).luma()
    if let fault { throw fault }
    return luma
  }

  /// Whether a segment is the index of further pictures (CIPA DC-007), which are left out.
  private func isIndex(_ segment: JPEGSegment) -> Bool {
    guard let trailing, trailing > 0 else { return false }
    return segment.marker == 0xE2 && file[segment.contents].starts(with: Array("MPF".utf8) + [0])
  }

  private func openCoefficients() throws -> Decoder {
    let decoder = try Decoder(file, name: name)
    guard cs_jpeg_read_coefficients(decoder.jpeg) == 0 else { throw decoder.error }
    if let damage = decoder.damage { throw damage }
    coefficients = decoder
    return decoder
  }

  private func decoderOfCoefficients(
    component index: Int
  ) throws -> (Decoder, cs_jpeg_component) {
    let decoder = try coefficients ?? openCoefficients()
    return (decoder, try decoder.component(index))
  }
}

extension cs_jpeg_component {
  /// The steps of the 64 coefficients, lowest frequency first, row by row.
  var stepArray: [UInt16] { withUnsafeBytes(of: steps) { Array($0.bindMemory(to: UInt16.self)) } }
}
