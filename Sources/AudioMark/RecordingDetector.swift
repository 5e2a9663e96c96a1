import Glibc
package import MarkKeys

/// Looks for the marks of several keys in a recording of any length.
///
/// The recording is looked at in stretches of 200 s that overlap by 20 s; only the spectra of one are
/// kept. What several stretches say about the same message is put together.
///
/// **Bounds.** `ChunkDetector` gives attempt n of a key the bound p 2^128 n, where p is Chernoff's
/// bound for one message and n counts on through all stretches. The chance that any attempt of a
/// recording has such a value of x or less is at most x (1/1 + 1/2 + ... + 1/N) <= x (1 + ln N) for
/// N attempts in all, and K times that for K keys. So the bound of a detection is K (1 + ln N) times
/// the smallest among its stretches. Whoever reports before the end does not know N: then the factor
/// is 2 K (1 + ln n)^2, since the sum of 1 / (n (1 + ln n)^2) over all n is at most 2.
package final class RecordingDetector {
  private typealias G = MarkGeometry

  /// Seconds of a stretch.
  static let stretchSeconds = 200
  /// Seconds that two neighbours share: a whole period of the mark.
  static let overlapSeconds = 20
  /// Seconds of a stretch at which it is looked at briefly before it is complete, so that a stream
  /// gets an early answer.
  static let earlySeconds = [15, 30, 60, 120]

  private let detectors: [ChunkDetector]
  private let extent: SearchExtent
  private let reportsEarly: Bool
  private let logThreshold: Double
  private let sampleRate: Int
  private let channelCount: Int
  private let spectra: SpectrumMap
  /// Frames dropped from the beginning of the map.
  private var dropped = 0
  /// Frames at the beginning of the map that a complete look has seen.
  private var seen = 0
  /// Frames at the beginning of the map that any look has seen.
  private var lookedAt = 0
  private var sampleCount = 0
  /// What was found, marks whose bound does not suffice yet included.
  private var marks: [RecordingMark] = []

  /// - Parameters:
  ///   - keys: whose marks are looked for.
  ///   - threshold: the largest bound that counts as a detection.
  ///   - extent: how far to look for changes of speed and pitch.
  ///   - sampleRate: of the samples.
  ///   - channelCount: of the samples.
  ///   - reportsEarly: whether detections are wanted as soon as they are certain.
  package init(
    keys: [MarkKey], threshold: Double, extent: SearchExtent, sampleRate: Int, channelCount: Int,
    reportsEarly: Bool
  ) {
    let share = threshold / Double(max(keys.count, 1))
    detectors = keys.map { ChunkDetector(key: $0, threshold: share) }
    self.extent = extent
    self.reportsEarly = reportsEarly
    self.sampleRate = sampleRate
    self.channelCount = channelCount
    logThreshold = log(threshold)
    spectra = SpectrumMap(
      sampleRate: sampleRate, channelCount: channelCount,
      capacity: Self.stretchSeconds * G.frameRate)
  }

  /// Seconds taken in.
  package var seconds: Double { Double(sampleCount) / Double(sampleRate) }

  /// Whether too little was taken in for any search.
  package var isTooShort: Bool { dropped + spectra.count < 2 * G.frameRate }

  /// Takes in samples.
  ///
  /// - Parameter samples: interleaved, whole frames, finite.
  /// - Returns: the marks that have just become certain, for a detector that reports early.
  package func append(_ samples: UnsafeBufferPointer<Float>) -> [RecordingMark] {
    guard let base = samples.baseAddress else { return [] }
    let frames = samples.count / channelCount
    sampleCount += frames
    var taken = 0
    var news: [RecordingMark] = []
    while true {
      taken += spectra.append(base + taken * channelCount, frames: frames - taken)
      if reportsEarly, let early = Self.earlySeconds.first(where: { $0 * G.frameRate > lookedAt }),
        spectra.count >= early * G.frameRate, !spectra.isFull
      {
        lookedAt = spectra.count
        news += look(.narrow)
      }
      if spectra.isFull {
        news += look(extent)
        let used = spectra.count - Self.overlapSeconds * G.frameRate
        spectra.removeFirst(used)
        dropped += used
        seen = spectra.count
        lookedAt = spectra.count
      } else if taken == frames {
        return news
      }
    }
  }

  /// Looks at what is left.
  ///
  /// - Returns: the marks that have just become certain, for a detector that reports early.
  package func finish() -> [RecordingMark] {
    guard spectra.count > seen else { return [] }
    seen = spectra.count
    return look(extent)
  }

  /// The certain marks in the order of their beginnings.
  package var certainMarks: [RecordingMark] {
    marks.map { mark in
      var mark = mark
      if !reportsEarly { mark.logBound = min(mark.logBound + finalCharge(mark.keyIndex), 0) }
      return mark
    }
    .filter { $0.logBound < logThreshold }
    .sorted { ($0.start, $0.keyIndex, $0.order) < ($1.start, $1.keyIndex, $1.order) }
  }

  /// Searches the whole map with every key.
  private func look(_ extent: SearchExtent) -> [RecordingMark] {
    let start = Double(dropped) / Double(G.frameRate)
    let before = marks
    for (index, detector) in detectors.enumerated() {
      for found in detector.detect(spectra, start: start, extent: extent) {
        var mark = RecordingMark(found, keyIndex: index, order: marks.count)
        if reportsEarly { mark.logBound = min(mark.logBound + earlyCharge(index), 0) }
        if let known = marks.firstIndex(where: { $0.isSame(as: mark) }) {
          marks[known].merge(mark)
        } else {
          marks.append(mark)
        }
      }
    }
    guard reportsEarly else { return [] }
    return marks.filter { mark in
      mark.logBound < logThreshold
        && !before.contains { $0.isSame(as: mark) && $0.logBound < logThreshold }
    }
  }

  /// What is added to the logarithm of a bound when all attempts have been made.
  private func finalCharge(_ index: Int) -> Double {
    log(Double(detectors.count)) + log(1 + log(Double(max(detectors[index].attempts, 1))))
  }

  /// What is added to the logarithm of a bound while attempts go on.
  private func earlyCharge(_ index: Int) -> Double {
    log(2 * Double(detectors.count)) + 2 * log(1 + log(Double(max(detectors[index].attempts, 1))))
  }
}
