/// What a box `moof` says of the samples behind it.
package struct MovieFragment: Sendable, Equatable {
  /// The samples of a track.
  package struct Run: Sendable, Equatable {
    package let track: UInt32
    /// When the first one is decoded, in the units of the track.
    package let start: UInt64
    /// How many there are.
    package let sampleCount: Int
    /// How long they are together, in the units of the track.
    package let duration: UInt64
  }

  /// For each track with samples.
  package let runs: [Run]
  /// The whole box.
  let bytes: [UInt8]
  /// The length of the box.
  package var byteCount: Int { bytes.count }
  /// Where in it the places of samples stand, 32 bits each, counted from its beginning.
  let dataPlaces: [Int]

  /// Reads it.
  ///
  /// - Parameters:
  ///   - bytes: the whole box.
  ///   - header: of the film.
  /// - Throws: `MovieFault`.
  package init(_ bytes: [UInt8], _ header: MovieHeader) throws(MovieFault) {
    let boxes = try MovieBox.all(in: bytes, 0..<bytes.count)
    guard boxes.count == 1, boxes[0].type == "moof", boxes[0].contents.lowerBound == 8 else {
      throw MovieFault(reason: "a fragment does not begin with a box moof")
    }
    var runs: [Run] = []
    var places: [Int] = []
    for box in try boxes[0].children(in: bytes) where box.type == "traf" {
      runs.append(try Self.run(box, bytes, header, &places))
    }
    self.runs = runs
    self.bytes = bytes
    dataPlaces = places
  }

  private static func run(
    _ box: MovieBox, _ bytes: [UInt8], _ header: MovieHeader, _ places: inout [Int]
  ) throws(MovieFault) -> Run {
    guard let head = try box.first("tfhd", in: bytes), head.contents.count >= 8,
      let time = try box.first("tfdt", in: bytes), time.contents.count >= 8
    else { throw MovieFault(reason: "a fragment lacks boxes") }
    var place = head.contents.lowerBound
    let flags = bytes.number(32, at: place)
    let id = UInt32(bytes.number(32, at: place + 4))
    place += 8
    guard flags & 0x20001 == 0x20000 else {
      throw MovieFault(reason: "a fragment does not count places from its own beginning")
    }
    if flags & 2 != 0 { place += 4 }
    var usual = UInt64(header.tracks.first { $0.id == id }?.defaultDuration ?? 0)
    if flags & 8 != 0 {
      guard place + 4 <= head.contents.upperBound else {
        throw MovieFault(reason: "a box tfhd is cut short")
      }
      usual = bytes.number(32, at: place)
    }
    let first = time.contents.lowerBound
    let isWide = bytes[first] == 1
    guard time.contents.count >= (isWide ? 12 : 8) else {
      throw MovieFault(reason: "a box tfdt is cut short")
    }
    let start = bytes.number(isWide ? 64 : 32, at: first + 4)
    var (count, duration) = (0, UInt64(0))
    for run in try box.children(in: bytes) where run.type == "trun" {
      var place = run.contents.lowerBound
      guard run.contents.count >= 8 else { throw MovieFault(reason: "a box trun is cut short") }
      let flags = bytes.number(32, at: place)
      let samples = Int(bytes.number(32, at: place + 4))
      if flags & 1 != 0, run.contents.count >= 12 { places.append(place + 8) }
      place += 8 + (flags & 1 != 0 ? 4 : 0) + (flags & 4 != 0 ? 4 : 0)
      let width = 4 * [0x100, 0x200, 0x400, 0x800].count { flags & UInt64($0) != 0 }
      guard place + samples * width <= run.contents.upperBound else {
        throw MovieFault(reason: "a box trun is cut short")
      }
      count += samples
      for sample in 0..<samples {
        duration += flags & 0x100 != 0 ? bytes.number(32, at: place + sample * width) : usual
      }
    }
    return Run(track: id, start: start, sampleCount: count, duration: duration)
  }
}
