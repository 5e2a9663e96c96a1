/// A part of an amount: whole * part / total, rounded half up.
///
/// - Parameters:
///   - whole: what is shared out, from 0.
///   - part: from 0 to the total.
///   - total: from 1.
/// - Returns: a number from 0 to the whole.
func share(of whole: Int64, _ part: Int64, outOf total: Int64) -> Int64 {
  let product = UInt128(whole) * UInt128(part)
  return Int64((2 * product + UInt128(total)) / (2 * UInt128(total)))
}

/// Shares an amount out in proportion to weights.
///
/// The sums of the first shares, not the shares, are rounded half up: so the shares add up to the
/// amount, none is negative, and none exceeds its weight when the amount does not exceed their sum.
///
/// - Parameters:
///   - amount: from 0.
///   - weights: each from 0; one at least is more than 0.
/// - Returns: a share for each weight.
func apportion(_ amount: Int64, over weights: [Int64]) -> [Int64] {
  let total = weights.reduce(0, +)
  var weightBefore: Int64 = 0
  var shareBefore: Int64 = 0
  return weights.map { weight in
    weightBefore += weight
    let upToHere = share(of: amount, weightBefore, outOf: total)
    defer { shareBefore = upToHere }
    return upToHere - shareBefore
  }
}
