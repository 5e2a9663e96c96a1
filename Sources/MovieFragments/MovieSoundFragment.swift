/// FLAC frames of a film that belong to a segment: what a box `moof` says of them.
package struct MovieSoundFragment: Sendable {
  /// Whose frames they are.
  package let track: UInt32
  /// The first sample of sound.
  package let start: UInt64
  /// The bytes of each frame; there are some.
  package let sizes: [UInt32]
  /// Samples of each frame, where the last one is shorter than the track says.
  package let lengths: [UInt32]?

  package init(track: UInt32, start: UInt64, sizes: [UInt32], lengths: [UInt32]?) {
    self.track = track
    self.start = start
    self.sizes = sizes
    self.lengths = lengths
  }

  /// The bytes of the frames.
  package var dataCount: Int { sizes.reduce(0) { $0 + Int($1) } }

  /// The length of the box `traf` for so many frames.
  ///
  /// - Parameters:
  ///   - frames: how many.
  ///   - hasLengths: whether their lengths stand there.
  /// - Returns: bytes.
  package static func boxCount(frames: Int, hasLengths: Bool) -> Int {
    // traf, tfhd, tfdt, trun.
    8 + 16 + 20 + 20 + frames * (hasLengths ? 8 : 4)
  }

  /// The length of its box `traf`.
  var boxCount: Int { Self.boxCount(frames: sizes.count, hasLengths: lengths != nil) }

  /// The box `traf`.
  ///
  /// - Parameter place: of the first frame, from the beginning of the box `moof`.
  /// - Returns: the bytes, `boxCount` of them.
  func box(place: Int) -> [UInt8] {
    // Places are counted from the beginning of this moof.
    var header: [UInt8] = []
    header.append(0x20000, bits: 32)
    header.append(UInt64(track), bits: 32)
    var time: [UInt8] = []
    time.append(1 << 24, bits: 32)
    time.append(start, bits: 64)
    // The place of the first frame, sizes, and lengths if need be.
    var run: [UInt8] = []
    run.reserveCapacity(boxCount)
    run.append(lengths == nil ? 0x201 : 0x301, bits: 32)
    run.append(UInt64(sizes.count), bits: 32)
    run.append(UInt64(place), bits: 32)
    for (number, size) in sizes.enumerated() {
      if let lengths { run.append(UInt64(lengths[number]), bits: 32) }
      run.append(UInt64(size), bits: 32)
    }
    var contents: [UInt8] = []
    contents.box("tfhd", header)
    contents.box("tfdt", time)
    contents.box("trun", run)
    var result: [UInt8] = []
    result.box("traf", contents)
    return result
  }
}

extension MovieSoundFragment {
  /// A segment that has nothing but this sound.
  ///
  /// - Parameters:
  ///   - number: of the segment, from 0.
  ///   - frames: their bytes, one behind the other.
  /// - Returns: the boxes `moof` and `mdat`.
  package func segment(_ number: Int, frames: [UInt8]) -> [UInt8] {
    var header: [UInt8] = []
    header.append(0, bits: 32)
    header.append(UInt64(number + 1), bits: 32)
    var contents: [UInt8] = []
    contents.box("mfhd", header)
    contents += box(place: 8 + contents.count + boxCount + 8)
    var result: [UInt8] = []
    result.box("moof", contents)
    result.box("mdat", frames)
    return result
  }
}

extension MovieFragment {
  /// What stands in front of the pictures and the sound of a segment, when both are put together.
  ///
  /// - Parameters:
  ///   - sound: whose frames follow the samples of the pictures.
  ///   - dataCount: the bytes of those samples.
  /// - Returns: a box `moof`, and the beginning of a box `mdat`.
  package func front(with sound: MovieSoundFragment, dataCount: Int) -> [UInt8] {
    var contents = Array(bytes.dropFirst(8))
    for place in dataPlaces {
      let moved = bytes.number(32, at: place) + UInt64(sound.boxCount)
      withUnsafeBytes(of: UInt32(truncatingIfNeeded: moved).bigEndian) { moved in
        contents.replaceSubrange(place - 8..<place - 4, with: moved)
      }
    }
    contents += sound.box(place: bytes.count + sound.boxCount + 8 + dataCount)
    var result: [UInt8] = []
    result.box("moof", contents)
    result.append(UInt64(8 + dataCount + sound.dataCount), bits: 32)
    result += "mdat".utf8
    return result
  }
}
