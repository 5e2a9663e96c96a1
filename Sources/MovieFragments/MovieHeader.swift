/// What comes in front of the fragments of a film: `ftyp` and `moov`.
package struct MovieHeader: Sendable, Equatable {
  /// A track.
  package struct Track: Sendable, Equatable {
    package let id: UInt32
    package let isVideo: Bool
    /// Units of a second in which its times are counted.
    package let timescale: UInt32
    /// The duration of a sample where its fragment does not say it.
    let defaultDuration: UInt32
  }

  /// The bytes.
  package let bytes: [UInt8]
  /// The tracks, in their order.
  package let tracks: [Track]
  private let movie: MovieBox

  /// Reads it.
  ///
  /// - Parameter bytes: `ftyp`, `moov`, and nothing else.
  /// - Throws: `MovieFault`.
  package init(_ bytes: [UInt8]) throws(MovieFault) {
    self.bytes = bytes
    let boxes = try MovieBox.all(in: bytes, 0..<bytes.count)
    guard boxes.map(\.type) == ["ftyp", "moov"] else {
      throw MovieFault(reason: "it does not begin with the boxes ftyp and moov")
    }
    movie = boxes[1]
    var defaults: [UInt32: UInt32] = [:]
    for box in try movie.first("mvex", in: bytes)?.children(in: bytes) ?? []
    where box.type == "trex" && box.contents.count >= 24 {
      let start = box.contents.lowerBound
      defaults[UInt32(bytes.number(32, at: start + 4))] = UInt32(bytes.number(32, at: start + 12))
    }
    var tracks: [Track] = []
    for box in try movie.children(in: bytes) where box.type == "trak" {
      guard let header = try box.first("tkhd", in: bytes),
        let media = try box.first("mdia", "mdhd", in: bytes),
        let handler = try box.first("mdia", "hdlr", in: bytes), handler.contents.count >= 12,
        header.contents.count >= 24, media.contents.count >= 24
      else { throw MovieFault(reason: "a track lacks boxes") }
      func wide(_ box: MovieBox) -> Int { bytes[box.contents.lowerBound] == 1 ? 8 : 0 }
      let id = UInt32(bytes.number(32, at: header.contents.lowerBound + 12 + wide(header)))
      let scale = UInt32(bytes.number(32, at: media.contents.lowerBound + 12 + wide(media)))
      let kind = handler.contents.lowerBound + 8
      guard scale > 0 else { throw MovieFault(reason: "a track has no units of time") }
      tracks.append(
        Track(
          id: id, isVideo: bytes[kind..<kind + 4].elementsEqual("vide".utf8), timescale: scale,
          defaultDuration: defaults[id] ?? 0))
    }
    self.tracks = tracks
  }

  /// The first track without pictures.
  package var sound: Track? { tracks.first { !$0.isVideo } }

  /// The first track with pictures.
  package var video: Track? { tracks.first(where: \.isVideo) }

  /// The same header with a track of sound behind the others.
  ///
  /// - Parameter sound: its number is none of those that are there.
  /// - Returns: the header of a film with both.
  /// - Throws: `MovieFault`.
  package func adding(_ sound: MovieSoundTrack) throws(MovieFault) -> MovieHeader {
    var contents: [UInt8] = []
    for box in try movie.children(in: bytes) {
      switch box.type {
      case "mvhd":
        // It ends with the number of the next track.
        contents += bytes[box.range].dropLast(4)
        contents.append(UInt64(sound.id) + 1, bits: 32)
      case "mvex":
        contents += sound.track
        contents.box("mvex", bytes[box.contents] + sound.defaults)
      default: contents += bytes[box.range]
      }
    }
    var result = Array(bytes[..<movie.range.lowerBound])
    result.box("moov", contents)
    return try MovieHeader(result)
  }

  /// The same header with other texts for people.
  ///
  /// - Parameter tags: what the film says about itself; empty texts are left out.
  /// - Returns: bytes that take the place of `bytes`.
  /// - Throws: `MovieFault`.
  package func bytes(with tags: MovieTags) throws(MovieFault) -> [UInt8] {
    var contents: [UInt8] = []
    for box in try movie.children(in: bytes) where box.type != "udta" {
      contents += bytes[box.range]
    }
    contents += tags.box
    var result = Array(bytes[..<movie.range.lowerBound])
    result.box("moov", contents)
    return result
  }
}
