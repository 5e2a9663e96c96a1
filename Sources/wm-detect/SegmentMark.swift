import ImageMark
import LeakTracing
import Ledger
import MarkKeys
import Trade

/// The A/B segments of a title that were found in a film.
struct SegmentMark {
  let key: MarkKey
  let width: Int
  let height: Int
  /// The title's tag, 40 bits.
  let titleTag: UInt64
  /// How the frames lie.
  let pose: PicturePose
  /// Part of what was looked at that agrees with the clearest segment.
  let score: Double
  /// Natural logarithm of the bound on a detection by chance.
  let logBound: Double
  /// The passes through segments, in the order of the film.
  let readings: [SegmentReading]

  /// Ten hexadecimal digits.
  var tagText: String {
    let digits = String(titleTag, radix: 16)
    return String(repeating: "0", count: FilmSegment.tagBits / 4 - digits.count) + digits
  }
  /// The first and the last segment.
  var range: ClosedRange<Int> {
    let numbers = readings.map(\.number)
    return (numbers.min() ?? 0)...(numbers.max() ?? 0)
  }
  /// How many segments were read with less than 5 % doubt about the variant.
  var clearCount: Int { Set(readings.filter { abs($0.logRatio) >= 2.944 }.map(\.number)).count }
  /// Seconds of the film that was read.
  var span: ClosedRange<Double> {
    let (starts, ends) = (readings.map(\.span.lowerBound), readings.map(\.span.upperBound))
    return (starts.min() ?? 0)...(ends.max() ?? 0)
  }
}

extension LedgerTrace {
  /// A delivery that was named as a source of a film's segments, and why.
  struct SegmentSuspect {
    let mark: SegmentMark
    let delivery: TracedDelivery
    let published: Published?
    let accusation: SegmentTracer.Accusation
    /// Natural logarithm of the bound on naming somebody innocent.
    var logBound: Double { accusation.logarithmOfBound }
  }

  /// Names the deliveries whose segments a film has.
  ///
  /// They have the half of the chance that pictures give to the comparison with copies.
  ///
  /// - Parameters:
  ///   - marks: the titles whose segments were found.
  ///   - keys: all keys that were looked for.
  ///   - result: takes the deliveries, the most certain first, and the runner-up.
  /// - Throws: what reading the ledger throws.
  func trace(_ marks: [SegmentMark], keys: [MarkKey], into result: inout PictureResult) throws {
    let titles = marks.map { mark in
      zip(register.contents, register.messages).filter { content, _ in
        FilmSegment.tag(of: content.description) == mark.titleTag
          && (wanted.isEmpty || wanted.contains(content))
      }
    }
    let count = titles.reduce(0) { $0 + $1.count }
    let tracer = SegmentTracer(threshold: threshold / Double(2 * keys.count))
    for (mark, titles) in zip(marks, titles) {
      for (content, messages) in titles {
        let outcome = tracer.trace(
          mark.readings.map { ($0.number, $0.logRatio) },
          title: TracedTitle(
            content: content, key: mark.key, symbolCount: nil, messages: messages),
          otherTrials: Double(count))
        for accusation in outcome.accusations {
          guard let delivery = try TracedDelivery.find(accusation.message, in: log.facts)
          else { continue }
          result.segmentSuspects.append(
            SegmentSuspect(
              mark: mark, delivery: delivery, published: try log.facts.title(content),
              accusation: accusation))
        }
        if let other = outcome.runnerUp,
          result.runnerUp.map({ $0.logarithmOfRatio < other.logarithmOfRatio }) ?? true
        {
          result.runnerUp = other
        }
      }
    }
    result.segmentSuspects.sort { $0.logBound < $1.logBound }
  }
}
