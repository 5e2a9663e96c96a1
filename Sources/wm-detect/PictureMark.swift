import ImageMark
import MarkKeys

/// A mark that was found in a picture or a film, by whatever means.
struct PictureMark {
  let method: MarkMethod
  let key: String
  /// The title whose key it is coded with; nil for what belongs to no title.
  var content: String?
  let message: ImageMessage
  let width: Int
  let height: Int
  /// How the picture lies; nil for a tag, which does not tell.
  let pose: PicturePose?
  /// Part of what was looked at that agrees: 1 is a mark without fault.
  var score: Double
  /// Natural logarithm of the bound on a detection by chance.
  var logBound: Double
  /// The part of a film, in seconds; nil in a picture.
  var span: ClosedRange<Double>?
}

/// How a marked picture lies, compared with how it was when it was marked.
struct PicturePose {
  /// Turned clockwise, in degrees, more than -180 up to 180, after any mirroring.
  let rotation: Double
  let isMirrored: Bool
  /// How much wider than high a square became.
  let aspect: Double
  /// Distance of the mark's tiles, in pixels; nil for sample bits.
  let period: Double?

  init(_ geometry: ImageGeometry) {
    // Hundredths, and no negative zero.
    let rounded = (geometry.rotation * 100).rounded() / 100 + 0
    rotation = rounded == -180 ? 180 : rounded
    isMirrored = geometry.isMirrored
    aspect = geometry.aspect
    period = geometry.period
  }

  init(_ detection: PixelBitMark.Detection) {
    rotation =
      detection.rotation > 180 ? Double(detection.rotation - 360) : Double(detection.rotation)
    isMirrored = detection.isMirrored
    aspect = 1
    period = nil
  }
}
