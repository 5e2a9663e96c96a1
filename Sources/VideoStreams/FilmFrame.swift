/// A frame of film: its line and all its planes, in memory that is used again for the next one.
package final class FilmFrame {
  /// The stream it belongs to.
  package let format: FilmFormat
  /// The line it begins with, without its end: FRAME and its parameters.
  package internal(set) var line: [UInt8] = []
  /// The planes one behind the other.
  let bytes: UnsafeMutableRawBufferPointer

  /// Makes room for a frame.
  ///
  /// - Parameter format: of the stream.
  package init(_ format: FilmFormat) {
    self.format = format
    bytes = .allocate(byteCount: format.frameByteCount, alignment: 16)
  }

  deinit { bytes.deallocate() }

  /// The planes one behind the other.
  package var planes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(bytes) }

  /// Makes this frame the same as another one of its format.
  package func copy(_ other: FilmFrame) {
    precondition(other.format == format)
    line = other.line
    bytes.copyMemory(from: other.planes)
  }

  /// The luma of film of 8 bits, row by row from the top, in place; nil with more bits.
  package var luma8: UnsafeMutableBufferPointer<UInt8>? {
    guard format.sampleByteCount == 1 else { return nil }
    return UnsafeMutableRawBufferPointer(rebasing: bytes[..<format.lumaCount])
      .bindMemory(to: UInt8.self)
  }

  /// The luma of film of more bits, row by row from the top, in place, the low byte first; nil with
  /// 8 bits.
  package var luma16: UnsafeMutableBufferPointer<UInt16>? {
    guard format.sampleByteCount == 2 else { return nil }
    return UnsafeMutableRawBufferPointer(rebasing: bytes[..<(2 * format.lumaCount)])
      .bindMemory(to: UInt16.self)
  }

  /// Steps of a stored sample to one of 8 bits.
  private var scale: Float { Float(1 << (format.chroma.bitDepth - 8)) }

  /// Copies the luma, row by row from the top, in steps of 255 to full scale whatever the depth.
  ///
  /// - Parameter luma: gets `lumaCount` values.
  package func luma(into luma: UnsafeMutableBufferPointer<Float>) {
    precondition(luma.count == format.lumaCount)
    if format.sampleByteCount == 1 {
      let samples = bytes.bindMemory(to: UInt8.self)
      for pixel in luma.indices { luma[pixel] = Float(samples[pixel]) }
    } else {
      let samples = bytes.bindMemory(to: UInt16.self)
      let factor = 1 / scale
      for pixel in luma.indices {
        luma[pixel] = Float(UInt16(littleEndian: samples[pixel])) * factor
      }
    }
  }

  /// Adds to the luma, rounded half to even and kept within the range of samples.
  ///
  /// - Parameter delta: for every pixel, in steps of 255 to full scale.
  package func add(_ delta: UnsafeBufferPointer<Float>) {
    precondition(delta.count == format.lumaCount)
    if format.sampleByteCount == 1 {
      let samples = bytes.bindMemory(to: UInt8.self)
      for pixel in delta.indices {
        let value = Int32(samples[pixel]) + Int32(delta[pixel].rounded(.toNearestOrEven))
        samples[pixel] = UInt8(min(max(value, 0), 255))
      }
    } else {
      let samples = bytes.bindMemory(to: UInt16.self)
      let most = Int32(1) << Int32(format.chroma.bitDepth) - 1
      for pixel in delta.indices {
        let change = Int32((delta[pixel] * scale).rounded(.toNearestOrEven))
        let value = Int32(UInt16(littleEndian: samples[pixel])) + change
        samples[pixel] = UInt16(min(max(value, 0), most)).littleEndian
      }
    }
  }
}
