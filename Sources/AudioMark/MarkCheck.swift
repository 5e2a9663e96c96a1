package import MarkKeys

/// A quick look whether the beginning of a recording carries a mark of the key already.
///
/// Only unchanged speed is looked at, and only where symbols stand out clearly: decoding what is
/// nearly surely no mark would cost more than marking minutes of audio. What it finds holds with
/// the bound of every detection; what it does not find may still be there.
package enum MarkCheck {
  /// The seconds that are looked at.
  package static let seconds = 20
  /// The seconds in which symbols must stand out before all are looked at.
  private static let firstSeconds = 12
  /// Below this many standard deviations an alignment is not decoded.
  ///
  /// In 12 s of eight kinds of music, marked ones had 25 to 57, after MP3 at 64 kbit/s 10 to 20, and
  /// unmarked ones 3.5 to 4.6.
  private static let leastZ: Float = 6

  /// The marks found.
  ///
  /// - Parameters:
  ///   - samples: interleaved, from the beginning of the recording.
  ///   - frames: samples a channel, `seconds` or less.
  ///   - sampleRate: Hz.
  ///   - channelCount: interleaved channels.
  ///   - key: whose marks are looked for.
  ///   - schedule: that of the key.
  /// - Returns: what was found, which is nearly always nothing.
  package static func marks(
    in samples: UnsafePointer<Float>, frames: Int, sampleRate: Int, channelCount: Int,
    key: MarkKey, schedule: SlotSchedule
  ) -> [MarkDetection] {
    let spectra = SpectrumMap(
      sampleRate: sampleRate, channelCount: channelCount,
      capacity: seconds * MarkGeometry.frameRate)
    let first = min(frames, firstSeconds * sampleRate)
    _ = spectra.append(samples, frames: first)
    guard spectra.count >= 2 * MarkGeometry.frameRate else { return [] }
    let map = StatisticMap(
      spectra, 0..<spectra.count, schedule: schedule, pitch: 1,
      spacing: Double(MarkGeometry.framesPerHop))
    guard map.activity > 0 else { return [] }
    let best = AlignmentSearch(schedule: schedule).candidates(
      map, in: 0..<map.count, step: Double(MarkGeometry.framesPerSymbol), pitch: 1, wanted: 1)
    guard let best = best.first, best.z > leastZ else { return [] }
    _ = spectra.append(samples + first * channelCount, frames: frames - first)
    return ChunkDetector(key: key, threshold: 1e-6).detect(spectra, start: 0, extent: .narrow)
  }
}

extension MarkDetection {
  /// Whether marking layers of a plan would write over this mark.
  package func collides(with layers: Set<MarkLayer>, of plan: MarkPlan) -> Bool {
    plan == .direct || self.plan == .direct || layers.contains(layer)
  }
}
