import CommandLineSupport
import ImageMark
import MarkKeys
import VideoStreams

/// What has been done to a film, for people and for programs.
struct FilmSummary {
  private let embedding: FilmEmbedding
  private let frames: Int
  /// Of the luma of all marked frames, dB; nil where nothing was changed.
  private let psnr: Double?
  /// Whether the mark was read back from the first marked seconds.
  private let isReadable: Bool

  init(_ embedding: FilmEmbedding, frames: Int, psnr: Double?, isReadable: Bool) {
    self.embedding = embedding
    self.frames = frames
    self.psnr = psnr
    self.isReadable = isReadable
  }

  private var format: FilmFormat { embedding.reader.format }

  /// One line; members are only ever added.
  var json: JSONValue {
    .object([
      ("type", "embedding"), ("file", .string(embedding.reader.name)),
      ("key", .string(embedding.key.name)), ("message", .string("\(embedding.message)")),
      ("method", .string(embedding.mark.method.rawValue)), ("film", "yuv4mpeg2"),
      ("width", .integer(Int64(format.width))), ("height", .integer(Int64(format.height))),
      ("frames", .integer(Int64(frames))),
      ("seconds", .fixed(Double(frames) / format.framesPerSecond, 3)),
      ("bits", .integer(Int64(embedding.message.bitCount))), ("readable", .bool(isReadable)),
      ("psnr_db", psnr.map { .fixed($0, 2) } ?? .null),
    ])
  }

  /// The same in words.
  var text: String {
    "marked \(frames) frames of \(format.width) x \(format.height) pixels, PSNR of the luma "
      + "\(psnr.flatMap { decimal($0, digits: 1) } ?? "-") dB"
  }

  /// That the mark is not read from the first seconds.
  var warning: (text: String, hint: String)? {
    if isReadable { return nil }
    return (
      "the mark cannot be read back from the first 2 s of \(quoted(embedding.reader.name))",
      "a film that begins black or still is read further on; else take more --strength or --bits 64"
    )
  }
}
