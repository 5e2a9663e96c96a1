import AudioMark
import AudioStreams
import CommandLineSupport
import MarkKeys

/// Looks at the beginning of a recording for a mark of the key while the recording goes by.
struct MarkInspection {
  private let name: String
  private let format: AudioFormat
  private let key: MarkKey
  private let schedule: SlotSchedule
  private var samples: [Float] = []
  private var isDone = false

  /// - Parameters:
  ///   - reader: the recording.
  ///   - key: whose marks are looked for.
  ///   - schedule: that of the key.
  init(_ reader: AudioReader, key: MarkKey, schedule: SlotSchedule) {
    name = reader.name
    format = reader.format
    self.key = key
    self.schedule = schedule
  }

  /// Takes the next samples, and looks when there are enough of them.
  ///
  /// - Parameters:
  ///   - chunk: interleaved samples.
  ///   - isLast: whether the recording ends with them.
  /// - Throws: `MarkedRecording`.
  mutating func inspect(
    _ chunk: UnsafeBufferPointer<some BinaryFloatingPoint>, isLast: Bool
  ) throws {
    if isDone { return }
    let needed = MarkCheck.seconds * format.sampleRate * format.channelCount
    for sample in chunk.prefix(needed - samples.count) { samples.append(Float(sample)) }
    guard isLast || samples.count == needed else { return }
    isDone = true
    let found = samples.withUnsafeBufferPointer { samples in
      samples.baseAddress.map { first in
        MarkCheck.marks(
          in: first, frames: samples.count / format.channelCount, sampleRate: format.sampleRate,
          channelCount: format.channelCount, key: key, schedule: schedule)
      } ?? []
    }
    samples = []
    if let mark = found.first {
      throw MarkedRecording(name: name, message: "\(mark.message)", key: key.name)
    }
  }
}

/// A recording carries a mark of the key that it is to be marked with.
package struct MarkedRecording: ExplainedError, Equatable {
  let name: String
  let message: String
  let key: String

  package var description: String {
    "\(quoted(name)) already carries the message \(message) of the key \(quoted(key))"
  }
  package var hint: String? {
    "take the recording as it was before; --force marks it once more, after which neither mark "
      + "may be found"
  }
}
