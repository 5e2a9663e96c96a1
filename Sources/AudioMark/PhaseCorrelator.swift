/// Finds at which slot of the period a run of symbols begins, for all 960 slots at once.
///
/// The energies of the statistics are folded onto the period and correlated, through the Fourier
/// transform, with the places where the key puts each pattern. Bits and signs play no part.
final class PhaseCorrelator {
  private typealias G = MarkGeometry

  /// How well a slot fits, and how far that is from chance.
  struct Peak {
    /// The slot of the first symbol.
    let slot: Int
    /// Excess over the mean in standard deviations.
    let z: Float
  }

  private static let patternCount = G.groupCount * G.groupSize
  private let transform: RealTransform
  /// Conjugate-ready spectra of the places of each pattern.
  private let places: UnsafeMutablePointer<SIMD2<Float>>
  private let product: UnsafeMutablePointer<SIMD2<Float>>
  private let folded: UnsafeMutablePointer<SIMD16<Float>>
  private let half = G.period / 2 + 1
  private var variance: Float = 0

  init(schedule: SlotSchedule) {
    transform = RealTransform(count: G.period)
    places = .allocate(capacity: Self.patternCount * half)
    product = .allocate(capacity: half)
    folded = .allocate(capacity: 2 * G.period)
    for group in 0..<G.groupCount {
      for row in 0..<G.groupSize {
        for slot in 0..<G.period {
          transform.real[slot] = Int(schedule.pattern[2 * slot + group]) == row ? 1 : 0
        }
        transform.forward()
        (places + (group * G.groupSize + row) * half).update(from: transform.complex, count: half)
      }
    }
    clear()
  }

  deinit {
    places.deallocate()
    product.deallocate()
    folded.deallocate()
  }

  /// Forgets all symbols.
  func clear() {
    folded.update(repeating: .zero, count: 2 * G.period)
    variance = 0
  }

  /// Folds in the symbols that begin at frames `start`, `start + step`, ...
  ///
  /// - Parameters:
  ///   - slot: the place in the fold of the first of them.
  ///   - count: how many; each must lie in the map.
  func fold(_ map: StatisticMap, start: Double, step: Double, count: Int, slot: Int = 0) {
    var place = slot % G.period
    for index in 0..<count {
      let frame = Int((start + step * Double(index)).rounded())
      fold(map.values[2 * frame], at: 2 * place)
      fold(map.values[2 * frame + 1], at: 2 * place + 1)
      place += 1
      if place == G.period { place = 0 }
    }
  }

  @inline(__always)
  private func fold(_ statistic: SIMD16<Float>, at place: Int) {
    var energy = statistic * statistic
    energy[0] = 0
    let mean = energy.sum() * (1 / Float(G.groupSize - 1))
    energy -= mean
    energy[0] = 0
    folded[place] += energy
    variance += (energy * energy).sum() * (1 / Float(G.groupSize - 1))
  }

  /// The best slots for the first place of the fold, best first.
  func peaks(_ wanted: Int) -> [Peak] {
    guard variance > 0 else { return [] }
    correlate()
    let scale = 1 / (Float(G.period) * variance.squareRoot())
    var result: [Peak] = []
    for slot in 0..<G.period {
      let z = transform.real[slot] * scale
      if result.count == wanted, z <= result[wanted - 1].z { continue }
      let at = result.firstIndex { $0.z < z } ?? result.count
      result.insert(Peak(slot: slot, z: z), at: at)
      if result.count > wanted { result.removeLast() }
    }
    return result
  }

  /// Leaves in the transform's real side, for each slot, the energy found where the key expects it.
  private func correlate() {
    product.update(repeating: .zero, count: half)
    let energies = UnsafeMutableRawPointer(folded).assumingMemoryBound(to: Float.self)
    for group in 0..<G.groupCount {
      for row in 1..<G.groupSize {
        let source = energies + group * G.groupSize + row
        for place in 0..<G.period { transform.real[place] = source[place * 2 * G.groupSize] }
        transform.forward()
        let e = transform.complex
        let p = places + (group * G.groupSize + row) * half
        for f in 0..<half {
          // conj(e) * p
          let a = e[f]
          let b = p[f]
          product[f] += SIMD2(a.x * b.x + a.y * b.y, a.x * b.y - a.y * b.x)
        }
      }
    }
    transform.complex.update(from: product, count: half)
    transform.inverse()
  }
}
