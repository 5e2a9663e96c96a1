import Glibc

/// The best block error rate any code can have, nearly: the normal approximation.
///
/// Polyanskiy, Poor and Verdu, IEEE Trans. Inf. Theory 56 (2010), eq. 296 with the term of half a
/// logarithm, for signs of amplitude 1 in white Gaussian noise.
struct NormalApproximation {
  /// Mutual information of one position in bits.
  let capacity: Double
  /// Its variance in bits squared.
  let dispersion: Double

  /// - Parameter snr: signal over noise power of a position, `1 / sigma^2`.
  init(snr: Double) {
    let sigma = 1 / snr.squareRoot()
    var (weight, first, second) = (0.0, 0.0, 0.0)
    for step in -800...800 {
      let z = Double(step) / 100
      let ratio = 2 * (1 + sigma * z) / (sigma * sigma)
      let bits = 1 - (ratio > -30 ? log1p(exp(-ratio)) : -ratio) / log(2)
      let density = exp(-z * z / 2)
      weight += density
      first += density * bits
      second += density * bits * bits
    }
    capacity = first / weight
    dispersion = second / weight - capacity * capacity
  }

  /// Block error rate of `bits` bits in `positions` positions.
  func errorRate(bits: Int, positions: Int) -> Double {
    let n = Double(positions)
    let margin = n * capacity - Double(bits) + log2(n) / 2
    return erfc(margin / (2 * n * dispersion).squareRoot()) / 2
  }

  /// The SNR in dB at which the error rate is reached.
  static func decibels(bits: Int, positions: Int, errorRate: Double) -> Double {
    var (low, high) = (-25.0, 15.0)
    for _ in 0..<40 {
      let middle = (low + high) / 2
      let here = NormalApproximation(snr: pow(10, middle / 10))
      if here.errorRate(bits: bits, positions: positions) > errorRate {
        low = middle
      } else {
        high = middle
      }
    }
    return low
  }
}
