import CommandLineSupport

/// Why a picture cannot be marked as asked for.
package enum ImageMarkError: ExplainedError, Equatable {
  /// The peak signal-to-noise ratio is not in the range that makes sense.
  case psnr(Double)
  /// Frames of a film are smaller than `FilmMarker.leastSide` in a direction.
  case smallFrames(width: Int, height: Int)

  package var description: String {
    switch self {
    case .psnr(let value): "a PSNR of \(value) dB is outside 30...60"
    case .smallFrames(let width, let height):
      "frames of \(width) x \(height) pixels are too small for a mark"
    }
  }

  package var hint: String? {
    switch self {
    case .psnr: "42 dB is the default, 44 for film; more is fainter"
    case .smallFrames: "a film has at least 16 x 16"
    }
  }
}
