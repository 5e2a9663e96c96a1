import CommandLineSupport
import Glibc
import ImageMark
import ImageStreams
import MarkKeys

/// What has been done to a picture, for people and for programs.
struct PictureSummary {
  private let embedding: PictureEmbedding
  /// Mean square of the change as written, in steps of 255 to full scale; nil where none was made.
  private let square: Double?
  /// Whether the mark was read back from what is written.
  private let isReadable: Bool

  init(_ embedding: PictureEmbedding, square: Double?, isReadable: Bool) {
    self.embedding = embedding
    self.square = square
    self.isReadable = isReadable
  }

  private var image: StillImage { embedding.image }

  /// Of the marked picture against the unmarked one, in dB; nil where nothing was changed.
  private var psnr: Double? {
    square.flatMap { $0 > 0 ? 10 * log10(255 * 255 / $0) : nil }
  }

  /// One line; members are only ever added.
  var json: JSONValue {
    var members: [(name: String, value: JSONValue)] = [
      ("type", "embedding"), ("file", .string(image.name)),
      ("key", .string(embedding.key.name)), ("message", .string("\(embedding.message)")),
      ("method", .string(embedding.mark.method.rawValue)),
      ("picture", .string(image.kind.rawValue)), ("width", .integer(Int64(image.width))),
      ("height", .integer(Int64(image.height))),
      ("bits", .integer(Int64(embedding.message.bitCount))), ("readable", .bool(isReadable)),
    ]
    if square != nil { members.append(("psnr_db", psnr.map { .fixed($0, 2) } ?? .null)) }
    if let quality = image.quality { members.append(("quality", .integer(Int64(quality)))) }
    return .object(members)
  }

  /// The same in words.
  var text: String {
    let size = "\(image.width) x \(image.height) pixels"
    if square == nil { return "wrote a tag beside \(size)" }
    let ratio = psnr.flatMap { decimal($0, digits: 1) } ?? "-"
    let quality = image.quality.map { ", the luma of its JPEG quantised again at quality \($0)" }
    return "marked \(size), PSNR \(ratio) dB" + (quality ?? "")
  }

  /// That the mark is lost, where it is.
  var warning: (text: String, hint: String)? {
    if isReadable { return nil }
    return (
      "the mark cannot be read back from the copy of \(quoted(image.name))",
      "take --bits 64, more --strength, or for a JPEG more --quality; small and empty pictures hold no mark"
    )
  }
}
