/// Finds the pitch of a mark more exactly than reading it needs.
enum PitchMeasurement {
  private typealias G = MarkGeometry

  /// The detections with their pitches measured, each where it is most certain.
  ///
  /// Bands are wide, so a mark is read some parts in a hundred beside its pitch; what is reported
  /// is the pitch at which its energy is greatest.
  ///
  /// - Parameters:
  ///   - detections: found in the spectra.
  ///   - spectra: what they were found in.
  ///   - start: seconds at which the first frame begins.
  ///   - schedule: of the key.
  /// - Returns: the same detections in the same order.
  static func applied(
    to detections: [MarkDetection], _ spectra: SpectrumMap, start: Double, schedule: SlotSchedule
  ) -> [MarkDetection] {
    guard let first = detections.first, let piece = first.pieces.max(by: { $0.z < $1.z }) else {
      return detections
    }
    let middle = Int(((piece.start + piece.end) / 2 - start) * Double(G.frameRate))
    let half = 5 * G.frameRate / 2
    let range = (middle - half..<middle + half).clamped(to: 0..<spectra.count)
    let pitch = pitch(first.alignment, spectra, range, schedule)
    return detections.map { detection in
      var result = detection
      if detection.pitch == first.pitch { result.pitch = pitch }
      return result
    }
  }

  private static func pitch(
    _ alignment: Alignment, _ spectra: SpectrumMap, _ range: Range<Int>, _ schedule: SlotSchedule
  ) -> Double {
    var shifted = alignment
    shifted.frame -= Double(range.lowerBound)
    func certainty(_ pitch: Double) -> Float {
      let map = StatisticMap(
        spectra, range, schedule: schedule, pitch: pitch, spacing: alignment.spacing)
      return map.z(shifted, symbols: map.symbols(shifted, in: 0..<map.count), schedule: schedule)
    }
    var best = (pitch: alignment.pitch, z: certainty(alignment.pitch))
    for step in [0.012, 0.005] {
      for direction in [1.0, -1] {
        var isBetter = true
        while isBetter, abs(best.pitch / alignment.pitch - 1) < 0.08 {
          let next = best.pitch * (1 + direction * step)
          let z = certainty(next)
          isBetter = z > best.z
          if isBetter { best = (next, z) }
        }
      }
    }
    // What is simple is likely: an unchanged pitch, or one that goes with the speed.
    for likely in [1, alignment.speed] where abs(best.pitch / likely - 1) < 0.015 {
      if certainty(likely) > 0.96 * best.z { return likely }
    }
    return best.pitch
  }
}
