/// The forward recursion of the Viterbi algorithm over one block, on 16-bit metrics.
///
/// A state holds the last `memory` information bits, the newest in bit 0, so states `i` and
/// `i + half` lead to `2i` and `2i + 1`. Polynomials have both end bits set, hence the four branches
/// of such a butterfly have the metrics `b, -b, -b, b`. Eight butterflies are done at once.
///
/// The metric `b` of eight neighbouring butterflies is a sum of up to three table entries, one for
/// each group of four outputs: outputs differ over the eight lanes by fixed signs, and over the
/// upper bits of the state by one of 16 sign patterns.
///
/// Metrics are kept relative to state 0, which bounds them: every state is reached from every other
/// within `memory` steps, so they differ by at most twice the soft values of that stretch.
/// Cost: about 20 instructions for 16 new states, 30 with margins.
struct ForwardPass {
  typealias Lanes = SIMD8<Int16>

  let memory: Int
  let states: Int
  /// Groups of four outputs, 1 to 3.
  let groups: Int
  private let outputs: Int
  private let times: Int
  /// `patterns[group * rows + row]`: signs of the four outputs in states `16 row...`.
  let patterns: UnsafeMutablePointer<UInt8>
  /// Signs of each output over the eight lanes.
  private let laneSigns: UnsafeMutablePointer<Lanes>
  /// `branches[(time * groups + group) * 16 + pattern]`.
  let branches: UnsafeMutablePointer<Lanes>
  /// Bit `group` is set where a group has any soft value, per time.
  private let activity: UnsafeMutablePointer<UInt8>

  /// Butterflies of a step in units of eight.
  var rows: Int { states / 16 }

  init(code: MessageCode) {
    memory = code.memory
    states = 1 << code.memory
    outputs = code.outputs
    groups = (code.outputs + 3) / 4
    times = code.times
    let rows = states / 16
    patterns = .allocate(capacity: groups * rows)
    patterns.initialize(repeating: 0, count: groups * rows)
    laneSigns = .allocate(capacity: groups * 4)
    laneSigns.initialize(repeating: Lanes(), count: groups * 4)
    branches = .allocate(capacity: times * groups * 16)
    branches.initialize(repeating: Lanes(), count: times * groups * 16)
    activity = .allocate(capacity: times)
    activity.initialize(repeating: 0, count: times)
    for (output, polynomial) in code.polynomials.enumerated() {
      for row in 0..<rows {
        let register = UInt32(row) << 4
        let parity = (register & polynomial).nonzeroBitCount & 1
        patterns[output / 4 * rows + row] |= UInt8(parity << (output % 4))
      }
      for lane in 0..<8 {
        let register = UInt32(lane) << 1
        let parity = (register & polynomial).nonzeroBitCount & 1
        laneSigns[output][lane] = parity == 0 ? 1 : -1
      }
    }
  }

  func deallocate() {
    patterns.deallocate()
    laneSigns.deallocate()
    branches.deallocate()
    activity.deallocate()
  }

  /// Prepares the branch metrics from quantised soft values.
  ///
  /// - Parameter soft: `soft[time * outputs + output]`.
  func load(_ soft: UnsafePointer<Int16>) {
    for time in 0..<times {
      var active: UInt8 = 0
      for group in 0..<groups {
        let table = branches + (time * groups + group) * 16
        table[0] = Lanes()
        var any: Int16 = 0
        var filled = 1
        for output in group * 4..<min(group * 4 + 4, outputs) {
          let value = soft[time * outputs + output]
          any |= value
          let term = laneSigns[output] &* Lanes(repeating: value)
          for pattern in 0..<filled {
            let base = table[pattern]
            table[pattern] = base &+ term
            table[pattern + filled] = base &- term
          }
          filled *= 2
        }
        if any != 0 { active |= 1 << UInt8(group) }
      }
      activity[time] = active
    }
  }

  /// One step: new metrics from old ones, relative to state 0 of the old ones.
  func step(
    time: Int, from old: UnsafePointer<Lanes>, to new: UnsafeMutablePointer<Lanes>
  ) {
    run(time: time, from: old, to: new) { _, _, _ in }
  }

  /// One step that also keeps by how much each new state preferred its second predecessor.
  ///
  /// - Parameters:
  ///   - time: the number of the step.
  ///   - old: metrics before it.
  ///   - new: metrics after it.
  ///   - margins: `states` bytes in the order of the states, saturated at -127 and 127.
  func step(
    time: Int, from old: UnsafePointer<Lanes>, to new: UnsafeMutablePointer<Lanes>,
    margins: UnsafeMutablePointer<Lanes>
  ) {
    run(time: time, from: old, to: new) { row, zero, one in
      let high = Lanes(repeating: 127)
      let low = Lanes(repeating: -127)
      let even = pointwiseMax(pointwiseMin(zero, high), low) & Lanes(repeating: 0xFF)
      let odd = pointwiseMax(pointwiseMin(one, high), low) &<< Lanes(repeating: 8)
      margins[row] = even | odd
    }
  }

  @inline(__always)
  private func run(
    time: Int, from old: UnsafePointer<Lanes>, to new: UnsafeMutablePointer<Lanes>,
    keep: (Int, Lanes, Lanes) -> Void
  ) {
    let table = UnsafePointer(branches) + time * groups * 16
    let rows = rows
    let origin = Lanes(repeating: old[0][0])
    let patterns = UnsafePointer(patterns)
    let groupA: Int
    let groupB: Int
    switch activity[time] {
    case 0, 1: (groupA, groupB) = (0, -1)
    case 2: (groupA, groupB) = (1, -1)
    case 4: (groupA, groupB) = (2, -1)
    case 3: (groupA, groupB) = (0, 1)
    case 5: (groupA, groupB) = (0, 2)
    case 6: (groupA, groupB) = (1, 2)
    default: (groupA, groupB) = (-1, -1)
    }
    if groupA >= 0 && groupB < 0 {
      let pattern = patterns + groupA * rows
      let table = table + groupA * 16
      for row in 0..<rows {
        butterflies(row, rows, table[Int(pattern[row])], origin, old, new, keep)
      }
    } else if groupA >= 0 {
      let patternA = patterns + groupA * rows
      let patternB = patterns + groupB * rows
      let tableA = table + groupA * 16
      let tableB = table + groupB * 16
      for row in 0..<rows {
        let branch = tableA[Int(patternA[row])] &+ tableB[Int(patternB[row])]
        butterflies(row, rows, branch, origin, old, new, keep)
      }
    } else {
      let patternB = patterns + rows
      let patternC = patternB + rows
      for row in 0..<rows {
        let branch =
          table[Int(patterns[row])] &+ table[16 + Int(patternB[row])]
          &+ table[32 + Int(patternC[row])]
        butterflies(row, rows, branch, origin, old, new, keep)
      }
    }
  }

  @inline(__always)
  private func butterflies(
    _ row: Int, _ rows: Int, _ branch: Lanes, _ origin: Lanes, _ old: UnsafePointer<Lanes>,
    _ new: UnsafeMutablePointer<Lanes>, _ keep: (Int, Lanes, Lanes) -> Void
  ) {
    let first = old[row] &- origin
    let second = old[row + rows] &- origin
    let zeroFirst = first &+ branch
    let zeroSecond = second &- branch
    let oneFirst = first &- branch
    let oneSecond = second &+ branch
    keep(row, zeroSecond &- zeroFirst, oneSecond &- oneFirst)
    let p = pointwiseMax(zeroFirst, zeroSecond)
    let q = pointwiseMax(oneFirst, oneSecond)
    new[2 * row] = Lanes(p[0], q[0], p[1], q[1], p[2], q[2], p[3], q[3])
    new[2 * row + 1] = Lanes(p[4], q[4], p[5], q[5], p[6], q[6], p[7], q[7])
  }
}
