import CSamplerate
import CommandLineSupport

/// Why samples cannot be brought to another rate.
package struct ResamplingFault: ExplainedError, Equatable {
  let code: CInt

  package var description: String {
    "cannot resample: \(src_strerror(code).map { String(cString: $0) } ?? "error \(code)")"
  }
}
