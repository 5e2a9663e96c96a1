import Glibc
import MarkCode

/// How likely it is at most that a copy that has nothing to do with a picture fits it this well.
///
/// The bits that are coded for a message are a keyed pseudo-random function of it, so those of a
/// copy that was never used are 152 (88) fair coins, whatever the picture is. Its correlation S with
/// the soft values is not a sum of independent terms, since the code has memory, but its moments
/// E exp(t S) are those of a Markov chain of 1024 states and are computed by one pass over the
/// trellis. Then P(S >= s) <= E exp(t S) exp(-t s) for every t > 0. The pass lets paths begin and end
/// in different states, which counts every path of the ring, and more: the bound stays one.
struct CodewordBound {
  /// t, and the logarithm of the moment.
  private let moments: [(t: Double, logarithm: Double)]

  /// - Parameters:
  ///   - soft: one value for each position of the code.
  ///   - code: the code.
  init(soft: [Float], code: MessageCode) {
    let squares = soft.reduce(0.0) { $0 + Double($1) * Double($1) }
    guard squares > 0 else {
      moments = []
      return
    }
    let trellis = BranchMetrics(soft: soft, code: code)
    // For a sum of coins, t = s / squares is best: from 3 to 40 standard deviations.
    moments = (0..<20).map { step in
      let t = 3 * pow(14, Double(step) / 19) / squares.squareRoot()
      return (t, trellis.logMoment(Float(t)))
    }
  }

  /// Natural logarithm of the bound for one copy.
  ///
  /// - Parameter correlation: of the soft values with the copy's signs.
  /// - Returns: at most 0.
  func logarithm(correlation: Double) -> Double {
    min(0, moments.map { $0.logarithm - $0.t * correlation }.min() ?? 0)
  }
}

/// The sums of soft values along the branches of the code's trellis.
private struct BranchMetrics {
  private let code: MessageCode
  /// For each time and register, state and new bit together, the sum of values times signs.
  private var sums: [Float]

  init(soft: [Float], code: MessageCode) {
    self.code = code
    let registers = 2 << code.memory
    var ordered = [Float](repeating: 0, count: soft.count)
    for position in soft.indices {
      ordered[code.time(ofPosition: position) * code.outputs + position / code.times] =
        soft[position]
    }
    sums = [Float](repeating: 0, count: code.times * registers)
    for output in 0..<code.outputs {
      let polynomial = code.polynomials[output]
      let signs = (0..<registers).map { register -> Float in
        (UInt32(register) & polynomial).nonzeroBitCount & 1 == 0 ? 1 : -1
      }
      for time in 0..<code.times {
        let value = ordered[time * code.outputs + output]
        let first = time * registers
        for register in 0..<registers { sums[first + register] += value * signs[register] }
      }
    }
  }

  /// ln of the mean of exp(t S) over all paths, times the number of states.
  func logMoment(_ t: Float) -> Double {
    let states = 1 << code.memory
    var old = [Double](repeating: 1, count: states)
    var new = old
    var logarithm = 0.0
    for time in 0..<code.times {
      let first = time * 2 * states
      for i in 0..<states { new[i] = 0 }
      for state in 0..<states {
        let at = first + 2 * state
        let next = 2 * state & (states - 1)
        new[next] += old[state] * Double(exp(t * sums[at]))
        new[next + 1] += old[state] * Double(exp(t * sums[at + 1]))
      }
      // Every bit is a fair coin: half of each branch.
      let largest = new.reduce(0, max)
      logarithm += log(largest / 2)
      let scale = 1 / largest
      for i in 0..<states { old[i] = new[i] * scale }
    }
    return logarithm + log(old.reduce(0, +))
  }
}
