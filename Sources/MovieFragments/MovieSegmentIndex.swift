/// Where the segments of a film lie: the box `sidx` in front of them, by which players seek.
package struct MovieSegmentIndex: Sendable, Equatable {
  /// A segment.
  package struct Segment: Sendable, Equatable {
    /// Its bytes.
    package let byteCount: Int
    /// How long it is, in units.
    package let duration: UInt32

    package init(byteCount: Int, duration: UInt32) {
      self.byteCount = byteCount
      self.duration = duration
    }
  }

  /// The track whose times these are.
  package let track: UInt32
  /// Units of a second.
  package let timescale: UInt32
  /// The segments in their order, 65,535 at most.
  package let segments: [Segment]
  /// Bytes from the end of the box to the first segment.
  package let gap: Int

  private static let largestGap: UInt64 = 1 << 26
  /// The most segments.
  package static let most = 65_535

  package init(track: UInt32, timescale: UInt32, segments: [Segment], gap: Int = 0) {
    self.track = track
    self.timescale = timescale
    self.segments = segments
    self.gap = gap
  }

  /// The boxes of all tracks of a film, this one first; the first segment follows them.
  ///
  /// FFmpeg, and what is built upon it, looks for the place of a track without a box of its own by the numbers
  /// of another one's, whatever their units.
  ///
  /// - Parameter header: of the film.
  /// - Returns: the bytes.
  package func boxes(_ header: MovieHeader) -> [UInt8] {
    let others = header.tracks.filter { $0.id != track }
    let all = [self] + others.map { rescaled(to: $0) }
    let byteCount = box.count
    return all.enumerated().flatMap { number, index in
      MovieSegmentIndex(
        track: index.track, timescale: index.timescale, segments: index.segments,
        gap: (all.count - 1 - number) * byteCount
      ).box
    }
  }

  /// The same for another track.
  private func rescaled(to other: MovieHeader.Track) -> MovieSegmentIndex {
    var (time, start): (UInt64, UInt64) = (0, 0)
    let segments = segments.map { segment in
      time += UInt64(segment.duration)
      let end = time * UInt64(other.timescale) / UInt64(timescale)
      defer { start = end }
      return Segment(byteCount: segment.byteCount, duration: UInt32(clamping: end - start))
    }
    return MovieSegmentIndex(track: other.id, timescale: other.timescale, segments: segments)
  }

  /// The bytes of the box.
  package var box: [UInt8] {
    var contents: [UInt8] = []
    contents.reserveCapacity(32 + 12 * segments.count)
    contents.append(1 << 24, bits: 32)
    contents.append(UInt64(track), bits: 32)
    contents.append(UInt64(timescale), bits: 32)
    contents.append(0, bits: 64)
    contents.append(UInt64(gap), bits: 64)
    contents.append(UInt64(segments.count), bits: 32)
    for segment in segments {
      contents.append(UInt64(segment.byteCount), bits: 32)
      contents.append(UInt64(segment.duration), bits: 32)
      // Each begins with a picture that needs no other one.
      contents.append(9 << 28, bits: 32)
    }
    var result: [UInt8] = []
    result.box("sidx", contents)
    return result
  }

  /// Reads the box.
  ///
  /// - Parameter bytes: the whole box.
  /// - Throws: `MovieFault`.
  package init(box bytes: [UInt8]) throws(MovieFault) {
    let boxes = try MovieBox.all(in: bytes, 0..<bytes.count)
    guard boxes.count == 1, boxes[0].type == "sidx", boxes[0].contents.count >= 32 else {
      throw MovieFault(reason: "it has no box sidx")
    }
    let start = boxes[0].contents.lowerBound
    track = UInt32(bytes.number(32, at: start + 4))
    timescale = UInt32(bytes.number(32, at: start + 8))
    let count = Int(bytes.number(16, at: start + 30))
    guard bytes[start] == 1, timescale > 0, boxes[0].contents.count == 32 + 12 * count,
      bytes.number(64, at: start + 20) <= Self.largestGap
    else { throw MovieFault(reason: "its box sidx is of another kind") }
    gap = Int(bytes.number(64, at: start + 20))
    segments = (0..<count).map { number in
      let place = start + 32 + 12 * number
      return Segment(
        byteCount: Int(bytes.number(32, at: place) & 0x7FFF_FFFF),
        duration: UInt32(bytes.number(32, at: place + 4)))
    }
  }
}
