import Glibc

/// Measures the fingerprint code.
///
/// `docs/fingerprint-code.md` has the results and the commands.
@main
struct MeasureFingerprint {
  static let usage = """
    usage: measure-fingerprint speed       [candidates]   CPU time of a search
           measure-fingerprint calibration [innocents]    scores of innocents against the bounds
           measure-fingerprint power       [trials]       leaks of one to five copies
           measure-fingerprint lengths     [trials]       slots it takes to name somebody
    """

  static func main() {
    let arguments = CommandLine.arguments
    let count = arguments.count > 2 ? Int(arguments[2]) : nil
    guard arguments.count == 2 || count.map({ $0 > 0 }) == true else { fail() }
    switch arguments[1] {
    case "speed": Speed.measure(candidates: count ?? 1_000_000)
    case "calibration": Calibration.measure(innocents: count ?? 1_000_000)
    case "power": Power.measure(trials: count ?? 100)
    case "lengths": Power.measureLengths(trials: count ?? 100)
    default: fail()
    }
  }

  static func fail() -> Never {
    let bytes = Array(usage.utf8) + [10]
    _ = write(2, bytes, bytes.count)
    exit(2)
  }
}

/// CPU time of the process in seconds.
func cpuSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

/// A number in a column of a table, with some digits after the point.
func text(_ value: Double, _ digits: Int = 2, width: Int = 0) -> String {
  let scale = pow(10, Double(digits))
  let whole = Int((abs(value) * scale).rounded())
  var result = (value < 0 ? "-" : "") + String(whole / Int(scale))
  if digits > 0 {
    let fraction = String(whole % Int(scale))
    result += "." + String(repeating: "0", count: digits - fraction.count) + fraction
  }
  return String(repeating: " ", count: max(0, width - result.count)) + result
}
