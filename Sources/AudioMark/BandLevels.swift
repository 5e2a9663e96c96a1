/// Levels of the bands in a stretch of spectra.
final class BandLevels {
  private typealias G = MarkGeometry

  /// Frames.
  let count: Int
  /// dB of the 32 bands in the order of the places of the key, 4 vectors a frame.
  let values: UnsafeMutablePointer<SIMD8<Float>>

  /// - Parameters:
  ///   - spectra: the spectra.
  ///   - range: its frames to use.
  ///   - schedule: of the key.
  ///   - layout: which lines make up a band.
  init(
    _ spectra: SpectrumMap, _ range: Range<Int>, schedule: SlotSchedule, _ layout: BandLayout
  ) {
    count = range.count
    values = .allocate(capacity: 4 * max(range.count, 1))
    let firsts = UnsafeMutablePointer<Int>.allocate(capacity: 2 * G.bandCount)
    defer { firsts.deallocate() }
    for (place, band) in schedule.bandAtPlace.enumerated() {
      let isValid = band < layout.validCount
      firsts[2 * place] = isValid ? layout.edges[band] : 0
      firsts[2 * place + 1] = isValid ? layout.edges[band + 1] : 0
    }
    for (row, t) in range.enumerated() {
      let power = spectra.powers + t * SpectrumMap.lineCount
      let level = UnsafeMutableRawPointer(values + 4 * row).assumingMemoryBound(to: Float.self)
      for place in 0..<G.bandCount {
        var sum: Float = 1e-7
        for k in firsts[2 * place]..<firsts[2 * place + 1] { sum += power[k] }
        level[place] = sum
      }
      for i in 0..<4 { values[4 * row + i] = Decibel.level(values[4 * row + i]) }
    }
  }

  deinit { values.deallocate() }

  /// The levels of a frame.
  @inline(__always)
  subscript(frame: Int) -> SIMD32<Float> {
    SIMD32(
      lowHalf: SIMD16(lowHalf: values[4 * frame], highHalf: values[4 * frame + 1]),
      highHalf: SIMD16(lowHalf: values[4 * frame + 2], highHalf: values[4 * frame + 3]))
  }
}
