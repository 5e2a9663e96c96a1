import AudioStreams
import Ledger
import Outlets

/// The copy that is being played, and the place in it from which is read next.
struct PlayingTitle {
  let item: Int
  let format: AudioFormat
  /// How long it is, in milliseconds; nil for what only its end tells.
  let milliseconds: Int64?
  /// The frame that is read next.
  private(set) var frame = 0

  private let reader: AudioReader

  init(_ holding: Holding, item: Int) throws {
    self.item = item
    reader = try holding.audio(item)
    format = reader.format
    let rate = Int64(format.sampleRate)
    milliseconds = reader.frameCount.map { Int64($0) * 1000 / rate }
  }

  /// How the samples go out: what the copy has, and 16 bits where it has a codec.
  var heardFormat: AudioFormat { format.written(as: .wav) }

  /// The time of a frame.
  func milliseconds(of frame: Int) -> Int64 { Int64(frame) * 1000 / Int64(format.sampleRate) }

  /// Moves to a time; behind the end it is the end.
  mutating func seek(_ milliseconds: Int64) throws {
    let target = max(milliseconds, 0) * Int64(format.sampleRate) / 1000
    let place = Int(min(target, Int64(reader.frameCount ?? .max)))
    try reader.seek(toFrame: place)
    frame = place
  }

  /// Reads frames; none at the end.
  mutating func read(_ frames: UnsafeMutableBufferPointer<Double>) throws -> Int {
    let count = try reader.read(into: frames)
    frame += count
    return count
  }
}
