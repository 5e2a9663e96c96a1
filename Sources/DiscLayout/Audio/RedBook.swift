/// The figures of the compact disc digital audio system (IEC 60908, the "Red Book").
package enum RedBook {
  /// Frames a second: a frame is one sample of each channel.
  package static let sampleRate = 44_100
  /// Left and right.
  package static let channelCount = 2
  /// Bytes of a frame: 16 bits for each channel.
  package static let frameSize = 4
  /// Frames in a sector.
  package static let framesPerSector = 588
  /// Sectors a second.
  package static let sectorsPerSecond = 75
  /// Bytes of a sector: 588 frames of two channels of 16 bits.
  package static let sectorSize = 2352
  /// The pause in front of the first track, which belongs to no file: whatever writes the disc puts
  /// it there.
  package static let firstPregap = 150
  /// The shortest track: four seconds.
  package static let shortestTrack = 300
  /// The most tracks of a disc.
  package static let mostTracks = 99

  /// The sectors that a track takes: whole ones, and four seconds at least.
  ///
  /// - Parameter frames: how many frames it has.
  /// - Returns: the sectors.
  package static func sectors(ofFrames frames: Int) -> Int {
    max(shortestTrack, (frames + framesPerSector - 1) / framesPerSector)
  }

  /// A place as minutes, seconds and sectors, `MM:SS:FF`.
  ///
  /// - Parameter sector: counted from 0.
  /// - Returns: the text.
  package static func time(ofSector sector: Int) -> String {
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let seconds = sector / sectorsPerSecond
    return [seconds / 60, seconds % 60, sector % sectorsPerSecond].map(two)
      .joined(separator: ":")
  }
}
