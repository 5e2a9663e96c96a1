import AudioStreams
import Synchronization

/// A track that is on the disc as the copy stores it: any frame of it can be had alone, and several
/// threads read at a time, each with a reader of its own.
package final class StoredTrack: Sendable {
  /// A reader and the frame it reads next; whoever has taken it is the only one that uses it.
  private struct Idle: @unchecked Sendable {
    let reader: AudioReader
    let frame: Int
  }

  private let open: @Sendable () throws -> AudioReader
  private let channelCount: Int
  private let idle = Mutex<[Idle]>([])

  /// - Parameter track: one that `isStored`.
  package init(_ track: TrackAudio) {
    precondition(track.isStored)
    open = track.open
    channelCount = track.format.channelCount
  }

  /// Reads a stretch of the track.
  ///
  /// - Parameters:
  ///   - place: its first byte; four are a frame.
  ///   - bytes: takes little-endian samples, left and right; whole frames, aligned to them.
  /// - Throws: `LayoutFault.short` when the copy ends before, `AudioError` or `SystemError`.
  package func read(at place: Int64, into bytes: UnsafeMutableRawBufferPointer) throws {
    let first = Int(place) / RedBook.frameSize
    let samples = bytes.bindMemory(to: Int16.self)
    let frames = samples.count / RedBook.channelCount
    let reader = try reader(at: first)
    // Half of the room where each sample becomes two.
    let wanted = UnsafeMutableBufferPointer(rebasing: samples[..<(frames * channelCount)])
    guard try reader.read(into: wanted) == frames else { throw LayoutFault.short(reader.name) }
    idle.withLock { $0.append(Idle(reader: reader, frame: first + frames)) }
    if channelCount == 1 { TrackAudio.spread(samples, frames) }
    // A loop that is none where samples are little-endian anyway.
    if 1.littleEndian != 1 {
      for index in samples.indices { samples[index] = samples[index].byteSwapped }
    }
  }

  /// A reader that stands at a frame.
  private func reader(at frame: Int) throws -> AudioReader {
    let taken = idle.withLock { idle in
      (idle.firstIndex { $0.frame == frame } ?? idle.indices.last).map { idle.remove(at: $0) }
    }
    let reader = try taken?.reader ?? open()
    if taken?.frame ?? 0 != frame { try reader.seek(toFrame: frame) }
    return reader
  }
}
