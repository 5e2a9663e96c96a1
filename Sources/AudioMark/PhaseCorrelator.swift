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

  private let transform = RealTransform(count: G.period)
  /// For each pattern the spectrum of its places, and the same with the parts exchanged.
  private let places: UnsafeMutablePointer<SIMD8<Float>>
  private let exchanged: UnsafeMutablePointer<SIMD8<Float>>
  /// Sums of products part by part: of equal parts, and of crossed parts.
  private let equal: UnsafeMutablePointer<SIMD8<Float>>
  private let crossed: UnsafeMutablePointer<SIMD8<Float>>
  private var frames: UnsafeMutablePointer<Int32>
  private var frameCapacity = 0
  private let half = G.period / 2 + 1
  /// Vectors of four complex values in a spectrum.
  private let vectors = (G.period / 2 + 1 + 3) / 4

  init(schedule: SlotSchedule) {
    places = .allocate(capacity: EnergyMap.rowCount * vectors)
    exchanged = .allocate(capacity: EnergyMap.rowCount * vectors)
    places.initialize(repeating: .zero, count: EnergyMap.rowCount * vectors)
    exchanged.initialize(repeating: .zero, count: EnergyMap.rowCount * vectors)
    equal = .allocate(capacity: vectors)
    crossed = .allocate(capacity: vectors)
    frames = .allocate(capacity: 1)
    for row in 0..<EnergyMap.rowCount {
      let group = row / (G.groupSize - 1)
      let pattern = row % (G.groupSize - 1) + 1
      for slot in 0..<G.period {
        transform.real[slot] = Int(schedule.pattern[2 * slot + group]) == pattern ? 1 : 0
      }
      transform.forward()
      let p = UnsafeMutableRawPointer(places + row * vectors)
        .assumingMemoryBound(to: SIMD2<Float>.self)
      let q = UnsafeMutableRawPointer(exchanged + row * vectors)
        .assumingMemoryBound(to: SIMD2<Float>.self)
      for f in 0..<half {
        p[f] = transform.complex[f]
        q[f] = SIMD2(transform.complex[f].y, transform.complex[f].x)
      }
    }
  }

  deinit {
    places.deallocate()
    exchanged.deallocate()
    equal.deallocate()
    crossed.deallocate()
    frames.deallocate()
  }

  /// The best slots for a run of symbols, best first.
  ///
  /// - Parameters:
  ///   - energies: of the patterns.
  ///   - start: frame at which the first symbol begins.
  ///   - step: frames from symbol to symbol.
  ///   - count: symbols; each must begin within the energies.
  ///   - wanted: peaks to return at most.
  /// - Returns: the peaks.
  func peaks(
    _ energies: EnergyMap, start: Double, step: Double, count: Int, wanted: Int
  ) -> [Peak] {
    if count > frameCapacity {
      frames.deallocate()
      frames = .allocate(capacity: count)
      frameCapacity = count
    }
    var variance: Float = 0
    for index in 0..<count {
      let frame = Int32((start + step * Double(index)).rounded())
      frames[index] = frame
      variance += energies.variances[Int(frame)]
    }
    guard variance > 0 else { return [] }
    correlate(energies, count)
    let scale = 1 / (Float(G.period) * variance.squareRoot())
    var result: [Peak] = []
    var least = -Float.infinity
    for slot in 0..<G.period {
      let value = transform.real[slot]
      if value <= least { continue }
      let z = value * scale
      let at = result.firstIndex { $0.z < z } ?? result.count
      result.insert(Peak(slot: slot, z: z), at: at)
      if result.count > wanted { result.removeLast() }
      if result.count == wanted { least = result[wanted - 1].z / scale }
    }
    return result
  }

  /// Leaves in the transform's real side, for each slot, the energy found where the key expects it.
  private func correlate(_ energies: EnergyMap, _ count: Int) {
    equal.update(repeating: .zero, count: vectors)
    crossed.update(repeating: .zero, count: vectors)
    let real = transform.real
    // The transform keeps its last spectrum beyond `half`: the padding is multiplied with zeros.
    let e = UnsafeMutableRawPointer(transform.complex)
    for row in 0..<EnergyMap.rowCount {
      let source = energies.rows + row * energies.count
      let once = min(count, G.period)
      for index in 0..<once { real[index] = source[Int(frames[index])] }
      for index in once..<G.period { real[index] = 0 }
      var place = 0
      for index in once..<count {
        real[place] += source[Int(frames[index])]
        place += 1
        if place == G.period { place = 0 }
      }
      transform.forward()
      let p = places + row * vectors
      let q = exchanged + row * vectors
      for v in 0..<vectors - 1 {
        let a = e.loadUnaligned(fromByteOffset: 32 * v, as: SIMD8<Float>.self)
        equal[v] += a * p[v]
        crossed[v] += a * q[v]
      }
      let last = vectors - 1
      var a = SIMD8<Float>.zero
      for f in 4 * last..<half {
        a[2 * (f - 4 * last)] = transform.complex[f].x
        a[2 * (f - 4 * last) + 1] = transform.complex[f].y
      }
      equal[last] += a * p[last]
      crossed[last] += a * q[last]
    }
    // The conjugate of the energies' spectrum times that of the places.
    for f in 0..<half {
      let s = equal[f / 4]
      let c = crossed[f / 4]
      let lane = 2 * (f % 4)
      transform.complex[f] = SIMD2(s[lane] + s[lane + 1], c[lane] - c[lane + 1])
    }
    transform.inverse()
  }
}
