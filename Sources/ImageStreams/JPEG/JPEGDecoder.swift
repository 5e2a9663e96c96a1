import CJPEGShim

/// One pass of libjpeg over a file.
final class Decoder {
  let jpeg: OpaquePointer
  let header: cs_jpeg_header
  private let name: String
  // libjpeg reads from here until the end.
  private let file: UnsafeMutableBufferPointer<UInt8>

  /// Reads the header.
  ///
  /// - Throws: `ImageError`.
  init(_ file: [UInt8], name: String) throws {
    self.name = name
    let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: file.count)
    _ = copy.initialize(from: file)
    guard let jpeg = cs_jpeg_reading(copy.baseAddress, copy.count) else {
      copy.deallocate()
      throw ImageError.damaged(name, "there is no memory for it")
    }
    self.file = copy
    self.jpeg = jpeg
    var header = cs_jpeg_header()
    let isRead = cs_jpeg_read_header(jpeg, &header) == 0
    self.header = header
    if !isRead { throw error }
  }

  deinit {
    cs_jpeg_close(jpeg)
    file.deallocate()
  }

  /// What libjpeg said last.
  var error: ImageError { Self.error(String(cString: cs_jpeg_error(jpeg)), name) }

  /// What libjpeg met and went on after.
  var damage: ImageError? {
    let text = String(cString: cs_jpeg_damage(jpeg))
    return text.isEmpty ? nil : Self.error(text, name)
  }

  private static func error(_ text: String, _ name: String) -> ImageError {
    if text.hasPrefix("Premature end") { return .cutShort(name) }
    return .damaged(name, text)
  }

  /// - Throws: `ImageError`.
  func component(_ index: Int) throws -> cs_jpeg_component {
    var component = cs_jpeg_component()
    guard cs_jpeg_component_of(jpeg, CInt(index), &component) == 0 else { throw error }
    return component
  }

  /// Codes the coefficients with their own or new steps and lends the file that comes of it.
  ///
  /// - Throws: `ImageError`, or what the body throws.
  func encode(
    _ componentCount: Int, _ newSteps: [Int: [UInt16]],
    _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    let steps = try (0..<componentCount).flatMap { index in
      try newSteps[index] ?? component(index).stepArray
    }
    let result = steps.withUnsafeBufferPointer { steps in
      var pointers = (0..<componentCount).map { index in steps.baseAddress.map { $0 + 64 * index } }
      return cs_jpeg_write_coefficients(jpeg, &pointers)
    }
    guard result == 0 else { throw error }
    var count = 0
    let bytes = cs_jpeg_written(jpeg, &count)
    try body(UnsafeRawBufferPointer(start: bytes, count: count))
  }
}
