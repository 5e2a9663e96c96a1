package import Trade

/// A track of an audio disc: one content.
package struct DiscTrack: Sendable, Equatable {
  package let title: String
  package let performer: String?
  package let isrc: ISRC?
  /// Frames of sound, 44,100 a second; silence fills the last sector.
  package let frames: Int

  /// - Parameters:
  ///   - title: as CD-TEXT has it.
  ///   - performer: as CD-TEXT has it.
  ///   - isrc: the recording.
  ///   - frames: from 0.
  package init(title: String, performer: String?, isrc: ISRC?, frames: Int) {
    self.title = title
    self.performer = performer
    self.isrc = isrc
    self.frames = frames
  }

  /// How many sectors it takes.
  package var sectors: Int { RedBook.sectors(ofFrames: frames) }
}

/// An audio disc as it is written at once, from the first track to the last.
package struct AudioDisc: Sendable, Equatable {
  package let title: String
  package let performer: String?
  /// The media catalogue number: the product.
  package let product: ICPN?
  package let tracks: [DiscTrack]

  /// - Parameters:
  ///   - title: of the disc.
  ///   - performer: of the disc.
  ///   - product: the product, if all tracks are of one.
  ///   - tracks: 1 to 99.
  package init(title: String, performer: String?, product: ICPN?, tracks: [DiscTrack]) {
    self.title = title
    self.performer = performer
    self.product = product
    self.tracks = tracks
  }

  /// How many sectors all tracks take.
  package var sectors: Int { tracks.reduce(0) { $0 + $1.sectors } }

  /// The bytes of its image.
  package var byteCount: Int64 { Int64(sectors) * Int64(RedBook.sectorSize) }

  /// Where each track begins, counted from the first one.
  package var starts: [Int] {
    var start = 0
    return tracks.map { track in
      defer { start += track.sectors }
      return start
    }
  }

  /// The media catalogue number: thirteen digits.
  package var catalogueNumber: String? {
    product.map { $0.description.count == 12 ? "0\($0)" : "\($0)" }
  }
}
