import AudioStreams

/// A reader whose first frames can be looked at before they are taken.
struct HeldReader<Sample: BinaryFloatingPoint> {
  private let channelCount: Int
  private let source: (UnsafeMutableBufferPointer<Sample>) throws -> Int
  private var held: [Sample] = []
  private var taken = 0

  init(
    channelCount: Int, source: @escaping (UnsafeMutableBufferPointer<Sample>) throws -> Int
  ) {
    self.channelCount = channelCount
    self.source = source
  }

  /// Reads the first frames and lends them for the length of a call.
  mutating func hold<Result>(
    frames: Int, _ look: (UnsafeBufferPointer<Sample>) throws -> Result
  ) throws -> Result {
    held = try [Sample](unsafeUninitializedCapacity: frames * channelCount) { buffer, count in
      count = try source(buffer) * channelCount
    }
    return try held.withUnsafeBufferPointer(look)
  }

  /// Reads whole frames; fewer than fit only at the end.
  mutating func read(into buffer: UnsafeMutableBufferPointer<Sample>) throws -> Int {
    guard taken < held.count else { return try source(buffer) }
    let count = min(held.count - taken, buffer.count)
    held.withUnsafeBufferPointer { held in
      guard let from = held.baseAddress, let to = buffer.baseAddress else { return }
      to.update(from: from + taken, count: count)
    }
    taken += count
    if taken == held.count {
      held = []
      taken = 0
    }
    let more = try source(UnsafeMutableBufferPointer(rebasing: buffer[count...]))
    return count / channelCount + more
  }
}
