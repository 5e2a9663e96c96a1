import Glibc

/// How biases are distributed: half of them are 1/2, the others follow the arcsine density between
/// 1/512 and 511/512, in steps of 1/256.
///
/// The density of Tardos (STOC 2003) is the best one when the number of colluders is not known
/// beforehand, but a bit of it says only 0.39 nats about a single copy. A fair bit says 0.69, and is the
/// best one against two. Leaks of seconds come from one copy: half and half says as much in 28 %
/// fewer slots, and whole titles have slots to spare for mixtures.
///
/// A number of 32 bits is compared with the 254 places where one step ends and the next begins; in
/// the arcsine half a step has the probability of the stretch half a step to both sides of it.
package enum BiasDistribution {
  /// The denominator of all biases.
  package static let denominator = 256

  /// The ends of steps 1 to 254: step k is taken for numbers from `ends[k - 2]` up to, not including,
  /// `ends[k - 1]`.
  ///
  /// The first 127 come from the arcsine, rounded to whole numbers, and the others by symmetry. None
  /// is so near to where rounding changes that libraries of mathematics would differ.
  package static let ends: [UInt32] = {
    let cutOff = asin(sqrt(1.0 / 512))
    let width = Double.pi / 2 - 2 * cutOff
    var ends = [UInt32](repeating: 1 << 31, count: 254)
    for k in 1..<128 {
      let share = (asin(sqrt(Double(2 * k + 1) / 512)) - cutOff) / width
      ends[k - 1] = UInt32((share * 2_147_483_648).rounded())
      ends[254 - k] = 0 &- ends[k - 1]
    }
    return ends
  }()

  /// The step, 1...255, that a number stands for.
  package static func step(_ number: UInt32) -> UInt8 {
    var low = 0
    var high = ends.count
    while low < high {
      let middle = (low + high) / 2
      if ends[middle] <= number { low = middle + 1 } else { high = middle }
    }
    return UInt8(low + 1)
  }

  /// The probability of a step, 1...255.
  package static func probability(step: Int) -> Double {
    precondition((1...255).contains(step))
    let low = step == 1 ? 0 : Double(ends[step - 2])
    let high = step == 255 ? 4_294_967_296 : Double(ends[step - 1])
    return (high - low) / 4_294_967_296
  }
}
