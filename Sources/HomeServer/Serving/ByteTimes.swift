package import AudioStreams
import Distribution
package import Outlets

/// Which time of a title lies in which bytes of its file.
///
/// WAVE is exact. FLAC goes by the points of its seek table, ten seconds apart in copies of this
/// suite, and evenly in between. What has neither is taken as even from the first byte to the last.
package struct ByteTimes: Sendable, Equatable {
  /// Places in the file and the milliseconds that lie before them, both rising.
  private let points: [(byte: Int64, milliseconds: Int64)]

  /// The length of the title.
  package var milliseconds: Int64 { points.last?.milliseconds ?? 0 }

  package static func == (left: ByteTimes, right: ByteTimes) -> Bool {
    left.points.elementsEqual(right.points) { $0 == $1 }
  }

  /// - Parameter points: places and times.
  init(points: [(byte: Int64, milliseconds: Int64)]) { self.points = points }

  /// Looks into a copy.
  ///
  /// - Parameters:
  ///   - file: the copy.
  ///   - format: what it holds.
  ///   - frameCount: how many frames, as far as is known.
  /// - Throws: `HoldingFault` or `SystemError`.
  package init(_ file: HeldFile, _ format: AudioFormat, frameCount: Int) throws {
    let rate = Int64(format.sampleRate)
    func time(_ frame: Int64) -> Int64 { frame * 1000 / rate }
    let end = (byte: file.byteCount, milliseconds: time(Int64(frameCount)))
    switch format.container {
    case .wav, .rf64:
      guard format.frameByteCount > 0, let start = try Self.waveData(file) else { break }
      let samples = start + Int64(frameCount) * Int64(format.frameByteCount)
      points = [(start, 0), (min(samples, end.byte), end.milliseconds)]
      return
    case .flac:
      guard let (first, seeks) = try Self.flacSeeks(file) else { break }
      var points = [(byte: first, milliseconds: Int64(0))]
      for seek in seeks {
        let next = (byte: first + seek.offset, milliseconds: time(seek.frame))
        guard let last = points.last, next.byte > last.byte, next.byte < end.byte,
          next.milliseconds > last.milliseconds, next.milliseconds < end.milliseconds
        else { continue }
        points.append(next)
      }
      self.points = points + [end]
      return
    default: break
    }
    points = [(0, 0), end]
  }

  /// The time that bytes hold.
  ///
  /// - Parameter bytes: places in the file.
  /// - Returns: milliseconds; empty for bytes that hold no sound.
  package func milliseconds(of bytes: Range<Int64>) -> Range<Int64> {
    let start = time(of: bytes.lowerBound)
    return start..<max(time(of: bytes.upperBound), start)
  }

  private func time(of byte: Int64) -> Int64 {
    guard let first = points.first, let last = points.last else { return 0 }
    if byte <= first.byte { return 0 }
    if byte >= last.byte { return last.milliseconds }
    var (low, high) = (0, points.count - 1)
    while high - low > 1 {
      let middle = (low + high) / 2
      if points[middle].byte <= byte { low = middle } else { high = middle }
    }
    let (one, other) = (points[low], points[high])
    let part = Double(byte - one.byte) / Double(other.byte - one.byte)
    return one.milliseconds + Int64(part * Double(other.milliseconds - one.milliseconds))
  }

  /// Where the samples of a WAVE file begin; nil when that is not among its first bytes.
  private static func waveData(_ file: HeldFile) throws -> Int64? {
    let head = try bytes(file, at: 0, 1 << 16)
    var place = 12
    while place + 8 <= head.count {
      if head[place..<place + 4].elementsEqual("data".utf8) { return Int64(place + 8) }
      let size = (0..<4).reduce(0) { $0 | Int(head[place + 4 + $1]) << (8 * $1) }
      place += 8 + size + size % 2
    }
    return nil
  }

  /// Where the frames of a FLAC file begin, and the points of its seek table.
  private static func flacSeeks(
    _ file: HeldFile
  ) throws -> (first: Int64, seeks: [(frame: Int64, offset: Int64)])? {
    var place: Int64 = 4
    var seeks: [(frame: Int64, offset: Int64)] = []
    guard try bytes(file, at: 0, 4).elementsEqual("fLaC".utf8) else { return nil }
    while true {
      let head = try bytes(file, at: place, 4)
      guard head.count == 4 else { return nil }
      let size = Int(head[1]) << 16 | Int(head[2]) << 8 | Int(head[3])
      if head[0] & 0x7F == 3 {
        let table = try bytes(file, at: place + 4, min(size, 18 << 16))
        for start in stride(from: 0, to: table.count - 17, by: 18) {
          func number(_ offset: Int) -> Int64 {
            table[(start + offset)..<(start + offset + 8)].reduce(0) { $0 << 8 | Int64($1) }
          }
          let frame = number(0)
          if frame >= 0, number(8) >= 0 { seeks.append((frame, number(8))) }
        }
      }
      place += 4 + Int64(size)
      if head[0] & 0x80 != 0 { return (place, seeks) }
    }
  }

  private static func bytes(_ file: HeldFile, at place: Int64, _ count: Int) throws -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = try file.read(at: place, into: UnsafeMutableRawBufferPointer(buffer))
    }
  }
}
