import MarkCode

/// The correlations of soft values with any code word of a segment, by 44 look-ups.
///
/// What two neighbouring times of the encoder write depends on twelve bits. For each pair of times
/// there is a table of what all of them would add to the correlation.
struct SegmentWordTable {
  private static let pairs = 44
  private static let width = 4096
  private static let memory = 10

  private var values: [Float]

  /// - Parameters:
  ///   - soft: one value for each position of the code.
  ///   - signs: of the code's outputs.
  init(_ soft: [Float], _ signs: OutputSigns) {
    let (code, half) = (signs.code, OutputSigns.count)
    precondition(code.times == 2 * Self.pairs && code.memory == Self.memory)
    var ordered = [Float](repeating: 0, count: soft.count)
    for position in soft.indices {
      ordered[code.time(ofPosition: position) * code.outputs + position / code.times] =
        soft[position]
    }
    // What each time adds for the bits between the first and the last one, both of which are 0.
    var sums = [Float](repeating: 0, count: code.times * half)
    sums.withUnsafeMutableBytes { sums in
      signs.values.withUnsafeBytes { signs in
        for time in 0..<code.times {
          let outputs = (0..<code.outputs).map { ordered[time * code.outputs + $0] }
          for place in stride(from: 0, to: 4 * half, by: 32) {
            var sum = SIMD8<Float>.zero
            for output in 0..<outputs.count {
              sum +=
                outputs[output]
                * signs.loadUnaligned(
                  fromByteOffset: 4 * half * output + place, as: SIMD8<Float>.self)
            }
            sums.storeBytes(
              of: sum, toByteOffset: 4 * half * time + place, as: SIMD8<Float>.self)
          }
        }
      }
    }
    values = [Float](unsafeUninitializedCapacity: Self.pairs * Self.width) { values, count in
      sums.withUnsafeBufferPointer { sums in
        for pair in 0..<Self.pairs {
          let first = 2 * pair * half
          let to = pair * Self.width
          // The first and the last bit of the encoder's register turn all signs.
          for bits in 0..<Self.width {
            let early = sums[first + bits >> 2 & (half - 1)]
            let late = sums[first + half + bits >> 1 & (half - 1)]
            let earlyTurns = (bits >> 1 ^ bits >> 11) & 1
            let lateTurns = (bits ^ bits >> 10) & 1
            values[to + bits] =
              (earlyTurns == 0 ? early : -early) + (lateTurns == 0 ? late : -late)
          }
        }
      }
      count = Self.pairs * Self.width
    }
  }

  /// The correlation with a code word.
  ///
  /// - Parameters:
  ///   - values: of a table, as `withValues` gives them.
  ///   - bits: as `SegmentWords` has them.
  /// - Returns: the sum of soft values times signs.
  @inline(__always)
  static func correlation(_ values: UnsafePointer<Float>, _ bits: SIMD2<UInt64>) -> Float {
    var sums = SIMD2<Float>.zero
    var table = values
    var word = bits[0]
    // 27 pairs lie in the first word, from its top; the others in the second one.
    for _ in 0..<13 {
      sums.x += table[Int(truncatingIfNeeded: word >> 52)]
      sums.y += table[width + Int(truncatingIfNeeded: word >> 50 & 4095)]
      word <<= 4
      table += 2 * width
    }
    sums.x += table[Int(truncatingIfNeeded: word >> 52)]
    table += width
    // Pair 27 begins with bit 54, which is bit 20 of the second word.
    word = bits[1] << 20
    for _ in 0..<8 {
      sums.x += table[Int(truncatingIfNeeded: word >> 52)]
      sums.y += table[width + Int(truncatingIfNeeded: word >> 50 & 4095)]
      word <<= 4
      table += 2 * width
    }
    sums.x += table[Int(truncatingIfNeeded: word >> 52)]
    return sums.x + sums.y
  }

  /// Gives the look-ups their values.
  func withValues(_ body: (UnsafePointer<Float>) -> Void) {
    values.withUnsafeBufferPointer { values in
      if let base = values.baseAddress { body(base) }
    }
  }
}

/// The signs of the encoder's outputs by the nine bits between the register's first and last one.
struct OutputSigns: Sendable {
  static let count = 512
  let code: MessageCode
  /// For each output, `count` signs; the first and the last bit of the register are 0.
  let values: [Float]

  init(_ code: MessageCode) {
    self.code = code
    values = code.polynomials.flatMap { polynomial in
      (0..<Self.count).map { bits in
        (UInt32(bits) << 1 & polynomial).nonzeroBitCount & 1 == 0 ? 1 : -1
      }
    }
  }
}
