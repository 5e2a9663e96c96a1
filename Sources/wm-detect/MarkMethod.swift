import ArgumentParser
import AudioMark
import AudioStreams
import CommandLineSupport
import Glibc
import ImageStreams
import MarkKeys

/// By which means a mark was written.
enum MarkMethod: String, CaseIterable, ExpressibleByArgument {
  /// Levels of frequency bands.
  case spectral
  /// Lowest bits of the samples.
  case lsb
  /// Text beside the samples.
  case tag
}

/// A mark of one of the two weak methods.
struct PlainMark {
  let method: MarkMethod
  let key: String
  let message: Message
  /// Seconds from the beginning.
  let start: Double
  var end: Double
  /// Part of what was looked at that agrees, where it agrees best.
  var score: Double
  /// Natural logarithm of the bound on a detection by chance, the smallest of all stretches.
  var logBound: Double
}

extension Examination {
  /// Frames read at a time.
  private static let plainBlockLength = 8192

  /// Reads an input to its end for marks in sample bits or in its text.
  ///
  /// - Parameters:
  ///   - name: a file or `-`.
  ///   - method: `lsb` or `tag`.
  /// - Returns: whether a mark was found.
  /// - Throws: what was wrong with the input.
  func examine(_ name: String, for method: MarkMethod) throws -> Bool {
    let source = try ByteSource(path: name)
    switch try kind(of: source) {
    case .picture, .otherPicture: return try examinePicture(source, name, for: method)
    case .film: throw NoPlaceInFilm(name: source.name, method: method)
    case .sound: break
    }
    let reader = try AudioReader(source, raw: raw)
    let channels = reader.format.channelCount
    let rate = Double(reader.format.sampleRate)
    var readers: [SampleBitReader] = []
    if method == .lsb {
      guard let bits = reader.format.encoding.integerBits else {
        throw NoSampleBits(name: reader.name)
      }
      readers = keys.map {
        SampleBitReader(
          mark: SampleBitMark(key: $0), integerBits: bits, channelCount: channels,
          logThreshold: log(threshold / Double(keys.count)))
      }
    }
    var samples = [Double](repeating: 0, count: Self.plainBlockLength * channels)
    var frames = 0
    while true {
      let count = try samples.withUnsafeMutableBufferPointer { try reader.read(into: $0) }
      if count == 0 { break }
      frames += count
      for bits in readers { bits.append(samples, frames: count) }
    }
    for bits in readers { bits.finish() }
    for warning in reader.warnings { diagnostics.warning(warning) }
    var marks: [PlainMark] = []
    for (key, bits) in zip(keys, readers) {
      for detection in bits.detections {
        let mark = PlainMark(
          method: method, key: key.name, message: detection.message,
          start: Double(detection.frames.lowerBound) / rate,
          end: Double(detection.frames.upperBound) / rate, score: detection.agreement,
          logBound: min(detection.logBound + log(Double(keys.count)), 0))
        if let last = marks.last, last.key == mark.key, last.message == mark.message,
          last.end == mark.start
        {
          marks[marks.count - 1].end = mark.end
          marks[marks.count - 1].score = max(last.score, mark.score)
          marks[marks.count - 1].logBound = min(last.logBound, mark.logBound)
        } else {
          marks.append(mark)
        }
      }
    }
    if method == .tag {
      let texts = reader.metadata.textPlaces
      for key in keys {
        for detection in texts.flatMap({ TagMark.detect(in: $0, key: key) })
        where detection.isGenuine && !marks.contains(where: { $0.message == detection.message }) {
          // A code of 256 bits fits by chance once in 2^256.
          marks.append(
            PlainMark(
              method: method, key: key.name, message: detection.message, start: 0,
              end: Double(frames) / rate, score: 1, logBound: -256 * M_LN2))
        }
      }
    }
    for mark in marks { try report.detection(mark, file: name) }
    if marks.isEmpty { try report.nothing(file: name) }
    return !marks.isEmpty
  }
}

/// Sample bits are asked for where there are none.
private struct NoSampleBits: ExplainedError {
  let name: String

  var description: String { "\(quoted(name)) has no integer samples, so no sample bits" }
  var hint: String? { "--method lsb reads WAV, AIFF, FLAC and other files of whole numbers" }
}

/// A film has no place for the two weak methods.
private struct NoPlaceInFilm: ExplainedError {
  let name: String
  let method: MarkMethod

  var description: String {
    "\(quoted(name)) is YUV4MPEG2 film, which --method \(method.rawValue) has no place in"
  }
}
