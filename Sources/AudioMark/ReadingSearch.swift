import Glibc
package import MarkKeys

/// Reads the marks of a key in a recording without asking what they say: for tracing.
///
/// A detector reports what it can decode. A tracer knows which copies there are, so it can use a few
/// seconds in which no message can be read; what it needs are alignments and the evidence of each
/// symbol. Where an alignment cannot be chance it is the only one; elsewhere several are given, in the order of
/// how likely they are.
package final class ReadingSearch {
  private typealias G = MarkGeometry

  /// Alignments tried where none is certain.
  package static let mostAlignments = 12
  /// Standard deviations from which an alignment is certain.
  private static let certainZ: Float = 8
  private static let stretchSeconds = RecordingDetector.stretchSeconds
  private static let overlapSeconds = RecordingDetector.overlapSeconds

  private let detector: ChunkDetector
  private let extent: SearchExtent
  private let sampleRate: Int
  private let channelCount: Int
  private let spectra: SpectrumMap
  private var dropped = 0
  private var seen = 0
  /// What was read so far.
  package private(set) var readings: [MarkReading] = []
  private var marks: [RecordingMark] = []
  private let threshold: Double

  /// - Parameters:
  ///   - key: whose marks are read.
  ///   - threshold: the largest bound of messages that are decoded.
  ///   - extent: how far to look for changes of speed and pitch.
  ///   - sampleRate: of the samples.
  ///   - channelCount: of the samples.
  package init(
    key: MarkKey, threshold: Double, extent: SearchExtent, sampleRate: Int, channelCount: Int
  ) {
    detector = ChunkDetector(key: key, threshold: threshold)
    self.threshold = threshold
    self.extent = extent
    self.sampleRate = sampleRate
    self.channelCount = channelCount
    spectra = SpectrumMap(
      sampleRate: sampleRate, channelCount: channelCount,
      capacity: Self.stretchSeconds * G.frameRate)
  }

  /// The schedule of the key.
  package var schedule: SlotSchedule { detector.schedule }

  /// Whether too little was taken in for any search.
  package var isTooShort: Bool { dropped + spectra.count < G.frameRate }

  /// All that was taken in, nil where that was more than one stretch.
  var wholeSpectra: SpectrumMap? { dropped == 0 ? spectra : nil }

  /// What could be decoded on the way, in the order of its places, with the bounds that
  /// `RecordingDetector` gives for one key.
  package var certainMarks: [RecordingMark] {
    let charge = log(1 + log(Double(max(detector.attempts, 1))))
    return marks.map { mark in
      var mark = mark
      mark.logBound = min(mark.logBound + charge, 0)
      return mark
    }
    .filter { $0.logBound < log(threshold) }
    .sorted { ($0.start, $0.order) < ($1.start, $1.order) }
  }

  /// Takes in samples.
  ///
  /// - Parameter samples: interleaved, whole frames, finite.
  package func append(_ samples: UnsafeBufferPointer<Float>) {
    guard let base = samples.baseAddress else { return }
    let frames = samples.count / channelCount
    var taken = 0
    while true {
      taken += spectra.append(base + taken * channelCount, frames: frames - taken)
      guard spectra.isFull else { return }
      look()
      let used = spectra.count - Self.overlapSeconds * G.frameRate
      spectra.removeFirst(used)
      dropped += used
      seen = spectra.count
    }
  }

  /// Looks at what is left.
  package func finish() {
    guard spectra.count > seen else { return }
    seen = spectra.count
    look()
  }

  private func look() {
    guard spectra.count >= G.frameRate else { return }
    let plain = detector.plainAlignments(
      spectra, certainZ: Self.certainZ, most: Self.mostAlignments)
    // Where symbols certainly lie at the plain speed there is no other one to look for.
    let isCertain = plain.first.map { $0.candidate.z > Self.certainZ } ?? false
    let found = detector.detect(
      spectra, start: Double(dropped) / Double(G.frameRate), extent: isCertain ? .narrow : extent)
    for detection in found {
      let mark = RecordingMark(detection, keyIndex: 0, order: marks.count)
      if let known = marks.firstIndex(where: { $0.isSame(as: mark) }) {
        marks[known].merge(mark)
      } else {
        marks.append(mark)
      }
    }
    let elsewhere = detector.alignments(
      spectra, decoded: found.filter { $0.plan == .delivery },
      extent: isCertain ? .narrow : extent)
    let alignments = elsewhere ?? plain
    for (rank, alignment) in alignments.enumerated() {
      let candidate = alignment.candidate
      var reading = MarkReading(
        alignment.map, candidate, schedule: schedule, firstFrame: dropped, rank: rank)
      guard !reading.ratios.isEmpty else { continue }
      reading.isCertain = isCertain || elsewhere != nil
      if dropped > 0, candidate.z > Self.certainZ || !found.isEmpty,
        let same = readings.indices.first(where: {
          readings[$0].append(reading, schedule: schedule)
        })
      {
        readings[same].rank = min(readings[same].rank, rank)
        continue
      }
      readings.append(reading)
    }
  }
}
