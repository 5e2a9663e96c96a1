package import MarkKeys

/// A quick look whether the beginning of a recording carries a mark of the key already.
///
/// Only unchanged speed is looked at, and only where symbols stand out clearly: decoding what is
/// nearly surely no mark would cost more than marking minutes of audio. What it finds holds with
/// the bound of every detection; what it does not find may still be there.
package struct MarkCheck {
  /// The seconds that are looked at.
  package static let seconds = 20
  /// Below this many standard deviations an alignment is not decoded; marked music has 10 to 50,
  /// the best of all alignments of unmarked music hardly ever more than 6.
  private static let leastZ: Float = 7

  private let key: MarkKey
  private let spectra: SpectrumMap

  package init(key: MarkKey, sampleRate: Int, channelCount: Int) {
    self.key = key
    spectra = SpectrumMap(
      sampleRate: sampleRate, channelCount: channelCount,
      capacity: Self.seconds * MarkGeometry.frameRate)
  }

  /// Takes in the next samples; those behind the first seconds are left.
  package func append(_ samples: UnsafePointer<Float>, frames: Int) {
    _ = spectra.append(samples, frames: frames)
  }

  /// The marks found.
  package func marks(schedule: SlotSchedule) -> [MarkDetection] {
    guard spectra.count >= 2 * MarkGeometry.frameRate else { return [] }
    let map = StatisticMap(
      spectra, 0..<spectra.count, schedule: schedule, pitch: 1,
      spacing: Double(MarkGeometry.framesPerHop))
    guard map.activity > 0 else { return [] }
    let best = AlignmentSearch(schedule: schedule).candidates(
      map, in: 0..<map.count, step: Double(MarkGeometry.framesPerSymbol), pitch: 1, wanted: 1)
    guard let best = best.first, best.z > Self.leastZ else { return [] }
    return ChunkDetector(key: key, threshold: 1e-6).detect(spectra, start: 0, extent: .narrow)
  }
}

extension MarkDetection {
  /// Whether marking layers of a plan would write over this mark.
  package func collides(with layers: Set<MarkLayer>, of plan: MarkPlan) -> Bool {
    plan == .direct || self.plan == .direct || layers.contains(layer)
  }
}
