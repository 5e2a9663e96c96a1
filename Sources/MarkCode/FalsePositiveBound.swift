import Glibc

/// How likely it is at most that chance alone fits some message this well.
///
/// Under the hypothesis that a medium carries no mark of the key, the whitening signs are
/// independent fair coins, whatever the medium is and however the alignment was chosen, since that
/// choice does not look at signs. The correlation of the soft values with the code word of one given
/// message is then a sum of independent terms of known magnitude and random sign, and Chernoff's
/// bound holds for it: P(S >= s) <= exp(sum ln cosh(t m) - t s) for every t > 0. There are 2^128
/// messages (2^64 short ones) with a right CRC; the bounds of all are added, and those of all attempts.
package enum FalsePositiveBound {
  /// Natural logarithm of Chernoff's bound for one message, at the best t.
  ///
  /// - Parameters:
  ///   - soft: the soft values.
  ///   - correlation: the sum of soft values times signs that was found.
  /// - Returns: at most 0, which says nothing.
  package static func logarithm(soft: UnsafeBufferPointer<Float>, correlation: Double) -> Double {
    guard correlation > 0 else { return 0 }
    var total = 0.0
    var squares = 0.0
    for value in soft {
      total += Double(abs(value))
      squares += Double(value) * Double(value)
    }
    guard squares > 0 else { return 0 }
    // At the very end of the range t grows without limit: stop short of it, which keeps a bound.
    let s = min(correlation, total * (1 - 1e-9))
    var t = s / squares
    var low = 0.0
    var high = Double.infinity
    for _ in 0..<60 {
      var slope = -s
      var curve = 0.0
      for value in soft where value != 0 {
        let m = Double(abs(value))
        let h = tanh(t * m)
        slope += m * h
        curve += m * m * (1 - h * h)
      }
      if slope < 0 { low = t } else { high = t }
      var next = curve > 0 ? t - slope / curve : 2 * t
      if next <= low || next >= high { next = high.isFinite ? (low + high) / 2 : 2 * t }
      if abs(next - t) <= 1e-6 * t { break }
      t = next
    }
    var exponent = -t * s
    for value in soft where value != 0 {
      let x = t * Double(abs(value))
      exponent += x + log1p(exp(-2 * x)) - M_LN2
    }
    return min(exponent, 0)
  }

  /// The bound for some message out of all, over a number of attempts.
  ///
  /// - Parameters:
  ///   - logarithm: the bound for one message.
  ///   - attempts: soft blocks that were decoded.
  ///   - messageBits: 128 or 64: there are 2 to this power messages.
  /// - Returns: natural logarithm of the bound; at most 0.
  package static func overMessages(
    logarithm: Double, attempts: Int, messageBits: Int = 128
  ) -> Double {
    min(logarithm + Double(messageBits) * M_LN2 + log(Double(max(attempts, 1))), 0)
  }
}
