import AudioMark
import CommandLineSupport
import Glibc
import ImageMark
import ImageStreams
import MarkKeys

/// The work of the tool on a picture.
struct PictureEmbedding {
  let image: StillImage
  let key: MarkKey
  let message: ImageMessage
  let mark: MarkOptions
  let isRemarkAllowed: Bool
  /// The quality that the luma of a JPEG is quantised with at least, 1...100.
  let quality: Int

  /// The same where nothing is asked for: below it too much of the mark is lost, as
  /// `docs/image-streams.md` shows.
  static let leastQuality = 80

  /// Marks the picture and completes the output.
  ///
  /// - Parameter output: gets a picture of the same kind.
  /// - Returns: what has been done.
  /// - Throws: what is wrong with the picture or the output.
  func run(to output: OutputFile) throws -> PictureSummary {
    let square: Double?
    var isReadable = true
    switch mark.method {
    case .spectral: (square, isReadable) = try addWatermark()
    case .lsb: square = try setBits()
    case .tag:
      try putTag()
      square = nil
    }
    try image.write(to: output)
    try output.finish()
    return PictureSummary(self, square: square, isReadable: isReadable)
  }

  /// The watermark.
  ///
  /// - Returns: the mean square of the change, and whether the mark can be read from what is written.
  private func addWatermark() throws -> (square: Double, isReadable: Bool) {
    let marker = try ImageMarker(key: key, message: message, psnr: mark.psnr)
    let (luma, fault) = try image.luma()
    if let fault { throw fault }
    let host = LumaPlane(width: image.width, height: image.height, samples: luma)
    let detector = ImageDetector(key: key)
    // Whoever marks a picture twice has it as it was marked, not a turned or scaled copy.
    if !isRemarkAllowed, let found = detector.detect(host, extent: .plain) {
      try refuse(found.message)
    }
    let square = try image.add(marker.mark(host).samples, quality: quality)
    let written = LumaPlane(
      width: image.width, height: image.height, samples: try image.writtenLuma())
    return (square, detector.detect(written)?.message == message)
  }

  /// The lowest bits of samples.
  ///
  /// - Returns: the mean square of the change.
  private func setBits() throws -> Double {
    let bits = PixelBitMark(key: key)
    let message = try fullMessage()
    guard image.width >= PixelBitMark.width, image.height >= PixelBitMark.height else {
      throw PictureRefusal.tooSmallForBits(image.name, width: image.width, height: image.height)
    }
    return try image.changeSamples { raster in
      if !isRemarkAllowed,
        let found = bits.detect(
          balance: raster.lowestBitBalance(side: PixelBitMark.width, rows: image.height),
          logThreshold: -13.8)
      {
        try refuse(.full(found.message))
      }
      return raster.setLowestBits(
        BitTile(
          width: PixelBitMark.width, height: PixelBitMark.height, bits: bits.bits(of: message)))
    }
  }

  /// Nothing but the tag changes.
  private func putTag() throws {
    let message = try fullMessage()
    let found = image.texts.flatMap { TagMark.detect(in: $0, key: key) }
    if !isRemarkAllowed, let old = found.first(where: \.isGenuine) {
      try refuse(.full(old.message))
    }
    try image.put(text: TagMark.text(message, key: key)) {
      !TagMark.detect(in: $0, key: key).isEmpty
    }
  }

  private func fullMessage() throws -> Message {
    guard case .full(let message) = message else {
      throw PictureRefusal.shortMessage(mark.method)
    }
    return message
  }

  private func refuse(_ old: ImageMessage) throws {
    throw PictureRefusal.alreadyMarked(image.name, old, key: key.name)
  }
}

extension MarkOptions {
  /// The peak signal-to-noise ratio of a marked picture in dB: 42 at strength 1.
  var psnr: Double { max(42 - 20 * log10(strength ?? 1), 30) }
}

/// Why a picture is not marked.
enum PictureRefusal: ExplainedError {
  case alreadyMarked(String, ImageMessage, key: String)
  case tooSmallForBits(String, width: Int, height: Int)
  case shortMessage(MarkMethod)
  case option(String, String)
  case otherFormat(String, ImageKind)

  var description: String {
    switch self {
    case .alreadyMarked(let name, let message, let key):
      "\(quoted(name)) already carries the message \(message) of the key \(quoted(key))"
    case .tooSmallForBits(let name, let width, let height):
      "\(quoted(name)) has \(width) x \(height) pixels, and --method lsb takes at least "
        + "\(PixelBitMark.width) x \(PixelBitMark.height)"
    case .shortMessage(let method): "--method \(method.rawValue) writes 128 bits, not 64"
    case .option(let option, let name): "\(option) is for sound, and \(quoted(name)) is a picture"
    case .otherFormat(let output, let kind):
      "\(quoted(output)) would be a \(kind.title) file under another name"
    }
  }

  var hint: String? {
    switch self {
    case .alreadyMarked:
      "--remark writes a second mark over it, after which neither may be found"
    case .otherFormat: "a marked picture is of the kind of the input; convert it before"
    case .tooSmallForBits, .shortMessage, .option: nil
    }
  }
}
