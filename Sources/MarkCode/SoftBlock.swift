/// The soft values of a block as the trellis needs them: ordered by time, 16-bit, with a seam.
///
/// The scale makes the root mean square of a time's values 24 steps. Rounding then costs nothing
/// measurable, a difference of metrics that matters fits into a byte, and metrics stay far inside
/// 16 bits; for values of very unequal size the scale is smaller, so that they surely do.
struct SoftBlock {
  /// Steps for the root mean square of the values of one time.
  private static let steps: Float = 24

  private let code: MessageCode
  private let ordered: UnsafeMutablePointer<Float>
  private let magnitudes: UnsafeMutablePointer<Float>
  /// Quantised values, `[time * outputs + output]`.
  let values: UnsafeMutablePointer<Int16>
  /// The same for the mirrored code, whose times run backwards.
  let mirrored: UnsafeMutablePointer<Int16>
  /// The trellis time at which the ring is cut.
  private(set) var seam = 0
  /// More than any two paths can differ by within `memory` times.
  private(set) var penalty: Int16 = 0
  /// Sum of the magnitudes of all quantised values.
  private(set) var total = 0

  init(code: MessageCode) {
    self.code = code
    ordered = .allocate(capacity: code.codedBits)
    ordered.initialize(repeating: 0, count: code.codedBits)
    magnitudes = .allocate(capacity: code.times)
    magnitudes.initialize(repeating: 0, count: code.times)
    values = .allocate(capacity: code.codedBits)
    values.initialize(repeating: 0, count: code.codedBits)
    mirrored = .allocate(capacity: code.codedBits)
    mirrored.initialize(repeating: 0, count: code.codedBits)
  }

  func deallocate() {
    ordered.deallocate()
    magnitudes.deallocate()
    values.deallocate()
    mirrored.deallocate()
  }

  /// Takes a block; false if it has no finite value other than 0.
  mutating func load(_ soft: UnsafeBufferPointer<Float>) -> Bool {
    let times = code.times
    let outputs = code.outputs
    var peak: Float = 0
    for value in soft where value.isFinite {
      peak = max(peak, abs(value))
    }
    guard peak >= 4 * Float.leastNormalMagnitude else { return false }
    // Two factors, since one alone may be out of range.
    let half = 0.5 / peak
    var energy: Float = 0
    var received = 0
    var time = 0
    for index in 0..<times {
      for output in 0..<outputs {
        let value = soft[output * times + index]
        let scaled = value.isFinite ? 2 * (value * half) : 0
        ordered[time * outputs + output] = scaled
        energy += scaled * scaled
        if scaled != 0 { received += 1 }
      }
      time += code.stride
      if time >= times { time -= times }
    }
    energy = clip(energy: energy, received: received)
    for time in 0..<times {
      var sum: Float = 0
      for output in 0..<outputs {
        sum += abs(ordered[time * outputs + output])
      }
      magnitudes[time] = sum
    }
    quantise(by: scale(energy: energy))
    return true
  }

  /// Clips values at six times their root mean square, so that a few huge ones do not drown the
  /// rest; returns the energy left.
  private func clip(energy: Float, received: Int) -> Float {
    var energy = energy
    for _ in 0..<3 {
      let largest = 6 * (energy / Float(max(received, 1))).squareRoot()
      if largest >= 1 { break }
      energy = 0
      for index in 0..<code.codedBits {
        let value = max(-largest, min(largest, ordered[index]))
        ordered[index] = value
        energy += value * value
      }
    }
    return energy
  }

  /// Chooses the seam, the penalty and the scale.
  private mutating func scale(energy: Float) -> Float {
    let times = code.times
    let memory = code.memory
    var spread: Float = 0
    var top: Float = 0
    var strongest: Float = -1
    for start in 0..<times {
      var near: Float = 0
      var wide: Float = 0
      for step in 0..<2 * memory {
        let value = magnitudes[(start + step) % times]
        if step < memory { near += value }
        wide += value
      }
      spread = max(spread, near)
      top = max(top, magnitudes[start])
      if wide > strongest {
        strongest = wide
        seam = (start + memory) % times
      }
    }
    let ordinary = Self.steps / (energy / Float(times)).squareRoot()
    // Metrics lie within 4 * spread + 2 * penalty + top; 12 per time are for rounding.
    let largest = (30_000 - Float(12 * 12 * memory)) / (6 * spread + 2 * top)
    let scale = min(ordinary, largest)
    penalty = Int16(2 * spread * scale) + Int16(2 * code.outputs * memory)
    return scale
  }

  private mutating func quantise(by scale: Float) {
    let times = code.times
    let outputs = code.outputs
    total = 0
    for index in 0..<code.codedBits {
      let value = Int16((ordered[index] * scale).rounded(.toNearestOrEven))
      values[index] = value
      total += abs(Int(value))
    }
    for time in 0..<times {
      let source = (code.memory - time + times) % times
      for output in 0..<outputs {
        mirrored[time * outputs + output] = values[source * outputs + output]
      }
    }
  }
}
