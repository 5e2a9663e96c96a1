import CommandLineSupport

/// Why a picture cannot be marked as asked for.
package enum ImageMarkError: ExplainedError, Equatable {
  /// The peak signal-to-noise ratio is not in the range that makes sense.
  case psnr(Double)

  package var description: String {
    switch self {
    case .psnr(let value): "a PSNR of \(value) dB is outside 30...60"
    }
  }

  package var hint: String? { "42 dB is the default; more is fainter" }
}
