/// The samples of a picture as they are stored, rows from the top, channels interleaved.
package struct Raster: Sendable {
  /// Pixels of a row.
  package let width: Int
  /// Rows.
  package let height: Int
  /// Channels of colour: 1 gray, 3 red, green and blue.
  package let colorCount: Int
  /// Whether a channel of opacity follows those of colour.
  package let hasAlpha: Bool
  /// Bits of a sample, 8 or 16.
  package let bitDepth: Int
  /// The colour that stands for full transparency, `colorCount` samples, where there is one.
  package let transparentColor: [UInt16]?
  /// One byte a sample, or two in the order of this machine.
  var bytes: [UInt8]

  /// Channels of a pixel.
  package var channelCount: Int { colorCount + (hasAlpha ? 1 : 0) }
  /// Bytes of a row.
  var rowByteCount: Int { width * channelCount * (bitDepth / 8) }
}
