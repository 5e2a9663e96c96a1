import CommandLineSupport
import Glibc
import MarkCode

/// The moments E exp(t S) of the correlation of soft values with a code word of 88 fair coins, exactly.
///
/// The code is a ring, whose first ten bits are those that the encoder begins with. So all paths are
/// followed from each of its 1024 states back to the same one.
enum SegmentRingMoment {
  private static let states = 1024
  /// Beginnings that are followed together; a multiple of eight.
  private static let width = 64

  /// - Parameters:
  ///   - soft: one value for each position of the code.
  ///   - t: any.
  ///   - signs: of the code's outputs.
  /// - Returns: the natural logarithm of the moment.
  static func logarithm(_ soft: [Float], t: Float, _ signs: OutputSigns) -> Double {
    let branches = branches(soft, t, signs)
    let times = signs.code.times
    let pieces = states / width
    let results = ParallelResults<(sum: Double, scale: Double)>(count: pieces)
    inParallel(pieces) { piece in
      results.set(piece) { followed(piece * width, branches, times) }
    }
    // Nothing in the pieces throws.
    let parts = (try? results.values()) ?? []
    let largest = parts.map(\.scale).max() ?? 0
    return log(parts.reduce(0) { $0 + $1.sum * exp($1.scale - largest) }) + largest
  }

  /// For each time and register, half of exp(t times what is written there).
  private static func branches(_ soft: [Float], _ t: Float, _ signs: OutputSigns) -> [Float] {
    let code = signs.code
    let half = OutputSigns.count
    var branches = [Float](repeating: 0, count: code.times * 2 * states)
    for index in 0..<code.times {
      let time = code.time(ofPosition: index)
      for bits in 0..<half {
        var sum: Float = 0
        for output in 0..<code.outputs {
          sum += soft[output * code.times + index] * signs.values[output * half + bits]
        }
        let (plain, turned) = (exp(t * sum) / 2, exp(-t * sum) / 2)
        let first = time * 2 * states + 2 * bits
        branches[first] = plain
        branches[first + 1] = turned
        branches[first + states] = turned
        branches[first + states + 1] = plain
      }
    }
    return branches
  }

  /// The sum over all paths from some states back to themselves, and the logarithm of its scale.
  private static func followed(
    _ first: Int, _ branches: [Float], _ times: Int
  ) -> (sum: Double, scale: Double) {
    var old = [SIMD8<Float>](repeating: .zero, count: states * width / 8)
    var new = old
    for column in 0..<width { old[(first + column) * width / 8 + column / 8][column % 8] = 1 }
    var scale = 0.0
    for time in 0..<times {
      var largest = SIMD8<Float>.zero
      old.withUnsafeBufferPointer { old in
        new.withUnsafeMutableBufferPointer { new in
          for state in 0..<states {
            let low = branches[time * 2 * states + state]
            let high = branches[time * 2 * states + states + state]
            let from = state >> 1 * width / 8
            let other = from + states / 2 * width / 8
            for column in 0..<width / 8 {
              let value = low * old[from + column] + high * old[other + column]
              new[state * width / 8 + column] = value
              largest = pointwiseMax(largest, value)
            }
          }
        }
      }
      swap(&old, &new)
      let most = largest.max()
      if most > 1e12 || most < 1e-12 {
        for place in old.indices { old[place] /= most }
        scale += Double(log(most))
      }
    }
    var sum = 0.0
    for column in 0..<width {
      sum += Double(old[(first + column) * width / 8 + column / 8][column % 8])
    }
    return (sum, scale)
  }
}
