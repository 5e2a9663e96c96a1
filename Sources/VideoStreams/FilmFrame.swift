/// The memory for one frame of a stream, used again for each.
package final class FilmFrame {
  /// How its samples lie.
  package let format: FilmFormat
  /// The frame's own line as it came, without its line feed: `FRAME` and parameters.
  package internal(set) var line: [UInt8] = Array("FRAME".utf8)
  /// All planes, luma first.
  package let bytes: UnsafeMutableRawBufferPointer

  /// - Parameter format: of the stream.
  package init(_ format: FilmFormat) {
    self.format = format
    bytes = .allocate(byteCount: format.frameSize, alignment: 64)
  }

  deinit { bytes.deallocate() }

  /// The luma of films of 8 bits, row by row.
  package var luma8: UnsafeMutableBufferPointer<UInt8> {
    UnsafeMutableRawBufferPointer(rebasing: bytes[..<format.lumaCount])
      .bindMemory(to: UInt8.self)
  }

  /// The luma of films of more bits, row by row, as on machines that are little-endian.
  package var luma16: UnsafeMutableBufferPointer<UInt16> {
    UnsafeMutableRawBufferPointer(rebasing: bytes[..<(2 * format.lumaCount)])
      .bindMemory(to: UInt16.self)
  }
}
