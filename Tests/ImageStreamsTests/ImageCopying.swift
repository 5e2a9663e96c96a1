import CommandLineSupport
import ImageStreams
import Testing
import _TestSupport

/// A folder with the copying tool and the referee programs at hand.
struct ImageCopying {
  let folder = TemporaryFolder()

  /// Runs shell lines in the folder; `image-copy` is the reader and writer under test.
  func shell(_ lines: String) throws -> Subprocess {
    let tool = try BuiltTools.path("_image-copy")
    return try Subprocess.shell(
      "set -e\nimage-copy() { \(tool) \"$@\"; }\n" + lines, folder: folder.path, seconds: 60)
  }

  /// The pixels of a file as ImageMagick reads them: red, green, blue, opacity of 16 bits.
  func pixels(_ name: String) throws -> [UInt16] {
    let result = try shell("convert \(name) -depth 16 -endian MSB rgba:-")
    try #require(result.status == 0, "\(result.errors)")
    return stride(from: 0, to: result.output.count, by: 2).map {
      UInt16(result.output[$0]) << 8 | UInt16(result.output[$0 + 1])
    }
  }

  /// Reads a file that stands in memory.
  static func image(_ bytes: [UInt8], name: String = "x") throws -> StillImage {
    try StillImage(
      ByteSource(name: name, length: Int64(bytes.count)) { offset, buffer in
        let part = bytes.dropFirst(Int(offset)).prefix(buffer.count)
        buffer.copyBytes(from: part)
        return part.count
      })
  }
}
