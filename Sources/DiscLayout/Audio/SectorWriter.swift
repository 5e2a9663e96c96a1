/// Cuts frames to the length of a track and gathers them into sectors.
struct SectorWriter {
  private let frames: Int
  private let buffer: UnsafeMutableBufferPointer<Int16>
  private var filled = 0
  private var taken = 0

  /// 32 sectors.
  private static let capacity = 32 * RedBook.framesPerSector * RedBook.channelCount

  init(frames: Int) {
    self.frames = frames
    buffer = .allocate(capacity: Self.capacity)
  }

  func deallocate() { buffer.deallocate() }

  /// Takes stereo frames; those behind the track's end are left out.
  mutating func write(
    _ samples: UnsafeBufferPointer<Int16>, _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    let wanted = min(samples.count, (frames - taken) * RedBook.channelCount)
    taken += wanted / RedBook.channelCount
    var rest = UnsafeBufferPointer(rebasing: samples[..<wanted])
    while !rest.isEmpty {
      let count = min(rest.count, buffer.count - filled)
      let place = UnsafeMutableBufferPointer(rebasing: buffer[filled..<filled + count])
      _ = place.update(from: UnsafeBufferPointer(rebasing: rest[..<count]))
      // A loop that is none where samples are little-endian anyway.
      if 1.littleEndian != 1 {
        for index in place.indices { place[index] = place[index].byteSwapped }
      }
      filled += count
      rest = UnsafeBufferPointer(rebasing: rest[count...])
      if filled == buffer.count {
        try body(UnsafeRawBufferPointer(buffer))
        filled = 0
      }
    }
  }

  /// Whether all frames have come; a resampler may hold back the last one.
  func isSatisfied(exactly: Bool) -> Bool { taken >= frames - (exactly ? 0 : 2) }

  /// Fills the track up with silence.
  mutating func finish(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    let sectorSamples = RedBook.framesPerSector * RedBook.channelCount
    var left = RedBook.sectors(ofFrames: frames) * sectorSamples - taken * RedBook.channelCount
    while left > 0 || filled > 0 {
      let count = min(left, buffer.count - filled)
      for index in filled..<(filled + count) { buffer[index] = 0 }
      filled += count
      left -= count
      try body(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[..<(filled * 2)]))
      filled = 0
    }
  }
}
